"""The audit log in words for people."""

from forms.models import AuditEntry

SAID = {
    "login": "Log-in",
    "logout": "Log-out",
    "case.identity": "Saw who the child is",
    "case.read": "Opened a case",
    "case.find_by_number": "Looked for an NHS number",
    "answers.identity": "Saw who sent answers",
    "answers.read": "Opened answers",
    "file.download": "Downloaded a file",
    "pack.screen": "Opened a pack",
    "pack.pdf": "Took a pack away as a PDF",
    "request.identity": "Opened a request and saw who the child is",
    "request.code": "Gave the code of a request",
    "export.begun": "Began an export",
    "export.begun_with_identity": "Began an export that identifies people",
    "export.finished": "An export was finished",
    "export.broken_off": "An export was broken off",
    "report.frozen": "Froze the figures of an annual report",
    "report.taken_partners": "Took out an annual report with true numbers",
    "figure.taken_partners": "Took out a figure with true numbers",
    "figure.taken_public": "Took out a figure for the public",
    "return_link.stop": "Stopped a link to an unfinished form",
    "audit.read": "Looked at this log",
}


def what_in_words(entry: AuditEntry) -> str:
    """A sentence for the codes that are met most; the others as they are, without their points and underscores."""
    if entry.what in SAID:
        return SAID[entry.what]
    if entry.about_type == "screen":
        method, _, screen = entry.what.partition(" ")
        return f"{'Open' if method == 'GET' else 'Use'} the screen “{screen.rpartition(':')[2].replace('_', ' ')}”"
    return entry.what.removeprefix("wagtail.").replace("_", " ").replace(".", ": ").capitalize()


def about_in_words(entry: AuditEntry) -> str:
    kind = entry.about_type.rpartition(".")[2].replace("_", " ")
    if entry.about_type == "screen":
        return entry.about
    return f"{kind} {entry.about}".strip()


def who_in_words(entry: AuditEntry) -> str:
    if entry.by_id:
        return (entry.by.get_full_name() or entry.by.get_username()) if entry.by else f"Account {entry.by_id} (gone)"
    if entry.client_id:
        return entry.client.name if entry.client else f"System {entry.client_id} (gone)"
    return entry.get_via_display()
