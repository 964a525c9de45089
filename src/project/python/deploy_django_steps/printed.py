"""What a project prints before it ends the process: sys.exit(1) says nothing of why."""

import builtins


class Printed:
    """Remembers the last line that was printed, by whatever module."""

    def __init__(self):
        self.last = ""

    def install(self):
        write = builtins.print

        def remember(*values, **options):
            text = " ".join(map(str, values)).strip()
            if text:
                self.last = text.splitlines()[-1].strip()
            return write(*values, **options)

        builtins.print = remember

    def note(self, error):
        """Gives an exit without a sentence of its own the one that was printed."""
        if isinstance(error, SystemExit) and not isinstance(error.code, str) and self.last:
            error.deploy_django_printed = self.last


def text_of(error):
    """The message of an exception; one of the project's own may fail to make it."""
    try:
        return str(error)
    except Exception:
        return ""


def said_by(error):
    """What an exception says, with what was printed before it."""
    printed = getattr(error, "deploy_django_printed", None)
    return "%s (%s)" % (printed, text_of(error)) if printed else text_of(error)
