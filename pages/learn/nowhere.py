"""Where an address leads that no page has."""

from academy.ui import components
from academy.ui.language import _

components.nothing_here(_("The link may be old or mistyped. Begin again from here:"))
