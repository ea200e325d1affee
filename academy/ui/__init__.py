"""The site's frame and the parts its pages are made of: the room of Streamlit."""
