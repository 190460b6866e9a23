"""What the camera is doing, in one line, and what to do where it is not doing it."""

from .said import Said, said
from .words import Words


def camera_state(words: Words, state: str, *, name: str = "") -> Said:
    """`state` is the value of the scanning's own enumeration; `name` is the camera's, where it has one."""
    match state:
        case "running" | "live" | "open":
            return said(words, words._("Camera on"))
        case "starting" | "opening":
            return said(words, words._("Starting the camera…"))
        case "none" | "missing" | "no_camera":
            title = words._("No camera found")
            return said(words, title, words._("Plug one in, use a scanner, or type the 16 digits."))
        case "lost" | "unplugged":
            title = words._("{camera} was unplugged", camera=name or words._("The camera"))
            return said(words, title, words._("Plug it in again; it starts by itself."))
        case "busy" | "taken":
            title = words._("{camera} is used by another program", camera=name or words._("The camera"))
            return said(words, title, words._("Close the other program; it starts by itself."))
        case "ended":
            return said(words, words._("The video has ended"), words._("Choose another source."))
        case "off" | "closed" | "stopped":
            return said(words, words._("Camera off"), words._("A scanner, a picture or the 16 digits work as well."))
        case _:
            title = words._("{camera} gives no picture", camera=name or words._("The camera"))
            return said(words, title, words._("It is tried again by itself; or choose another source."))
