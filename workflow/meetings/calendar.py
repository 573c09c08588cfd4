"""A meeting as an iCalendar file: when and where, and no word about whom."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from content.models import AreaSettings
from workflow.models import Meeting


def invitation(meeting: Meeting, cancelled: bool = False) -> str:
    """The text of the file. Calendars know by its `UID` and `SEQUENCE` that it replaces an earlier one."""
    area = AreaSettings.in_force()
    event = Event()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    event.add("uid", f"meeting-{meeting.pk}@{host}")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", dt.datetime.now(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(dt.UTC))
    event.add("dtend", meeting.ends_at.astimezone(dt.UTC))
    event.add("summary", f"{meeting.get_kind_display()}, {area.area_name}")
    event.add("location", ", ".join(filter(None, [meeting.place, meeting.link])))
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event["organizer"] = vCalAddress(f"mailto:{area.mailbox}")
    calendar = Calendar()
    calendar.add("prodid", "-//Child death review//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(event)
    return calendar.to_ical().decode()
