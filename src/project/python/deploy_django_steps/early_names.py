"""Names of static files that code asks for while it is imported: live it does so with the manifest at hand, and may fail."""

import sys

MOST_NAMES = 1_000


class EarlyNames:
    def __init__(self):
        self.asked = {}
        self.refused = []

    def note(self, storage, name):
        """Keeps who has asked: (file, line) of every frame, innermost first."""
        key = (id(storage), str(name))
        if key in self.asked or len(self.asked) >= MOST_NAMES:
            return
        frames = []
        frame = sys._getframe(1)
        while frame:
            frames.append((frame.f_code.co_filename, frame.f_lineno))
            frame = frame.f_back
        self.asked[key] = (storage, name, frames)

    def ask_again(self):
        """Now that there is a manifest: which names does the storage itself refuse?"""
        for storage, name, frames in self.asked.values():
            try:
                storage.stored_name(name)
            except ValueError:
                self.refused.append((str(name), frames))


def find_refused_names(early, outcome, known, similar):
    """[{"file", "line", "name", "similar"}] of the project's own code; what a package asks for is not a mistake of the project."""
    found = []
    for name, frames in early.refused:
        own = next(((file, line) for file, line in frames if outcome.owns(file)), None)
        if own:
            found.append({"file": own[0], "line": own[1], "name": name, "similar": similar(name, known)})
    return found
