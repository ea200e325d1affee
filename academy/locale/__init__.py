"""The interface's texts in Chinese, as gettext catalogues; the English text is the message id."""
