"""The settings of this area."""

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

PARTNERS = """Cambridgeshire County Council
Peterborough City Council
NHS Cambridgeshire and Peterborough Integrated Care Board"""


@register_setting(icon="site")
class AreaSettings(BaseSiteSetting):
    """What differs from one CDOP to the next."""

    area_name = models.CharField(max_length=120, default="Cambridgeshire and Peterborough")
    partners = models.TextField(
        "child death review partners", default=PARTNERS, blank=True, help_text="One organisation on each line."
    )
    mailbox = models.EmailField("email address", default="cpicb.cdop@nhs.net")
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(
        "opening hours", max_length=200, blank=True, help_text="Such as: Monday to Friday, 9am to 5pm"
    )
    reply_time = models.CharField(max_length=200, blank=True, help_text="Such as: We reply within 2 working days.")
    out_of_hours = models.TextField("outside these hours", blank=True, help_text="Who professionals call, and how.")
    data_protection_contact = models.TextField(
        blank=True, help_text="The data protection officer's role and how to reach them. Shown in the privacy notice."
    )
    rapid_review_contact = models.TextField(
        "asking for a rapid review",
        blank=True,
        default="The Safeguarding Board team: safeguardingboards@cambridgeshire.gov.uk",
        help_text="How professionals reach the safeguarding partnership. Not for child protection referrals.",
    )
    notify_within_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Hours after a death. While empty, pages say “as soon as you can”."
    )
    work_domains = models.TextField(
        "work email domains",
        default="nhs.net\nnhs.uk\ngov.uk\npolice.uk",
        blank=True,
        help_text="One on each line. A notification from any other address is taken, and staff are told to ring back. "
        "Empty: nobody is told.",
    )
    banner = models.TextField(blank=True, help_text="Shown at the top of every public page until you empty it.")
    notification_down = models.TextField(
        "message while the notification form cannot be used",
        blank=True,
        help_text="Say how to notify instead. While filled in, it takes the place of the Start button.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("area_name"), FieldPanel("partners")], "Area"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("mailbox", "phone", "hours", "reply_time", "out_of_hours")], "Contact"
        ),
        MultiFieldPanel([FieldPanel("data_protection_contact"), FieldPanel("rapid_review_contact")], "Other contacts"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("notify_within_hours", "work_domains", "notification_down")],
            "Notifying a death",
        ),
        FieldPanel("banner"),
    ]

    class Meta:
        verbose_name = "area settings"

    @classmethod
    def in_force(cls) -> "AreaSettings":
        """Those that are kept, or what a new deployment begins with; for what is written outside a request."""
        return cls.objects.first() or cls()

    @property
    def partner_names(self) -> list[str]:
        return [line.strip() for line in self.partners.splitlines() if line.strip()]

    @property
    def partners_in_words(self) -> str:
        return get_text_list(self.partner_names, gettext("and"))

    def knows(self, address: str) -> bool:
        """Whether an e-mail address is of a work domain, or of a part of one."""
        domain = "." + address.rpartition("@")[2].strip().lower()
        listed = [line.strip().lower().lstrip("@.") for line in self.work_domains.splitlines() if line.strip()]
        return not listed or any(domain.endswith(f".{known}") for known in listed)

    @property
    def time_limit(self) -> str:
        """When a death must be notified, to follow the words “tell us”."""
        hours = self.notify_within_hours
        if not hours:
            return gettext("as soon as you can")
        limit = ngettext("within %(hours)s hour of the death", "within %(hours)s hours of the death", hours)
        return limit % {"hours": hours}

    @property
    def words(self) -> dict[str, str | SafeString]:
        """What an editor may write in square brackets, and what is shown for it."""
        ask_us = gettext("Ask us, and we will tell you who to contact (%(mailbox)s).") % {"mailbox": self.mailbox}
        return {
            "[area]": self.area_name,
            "[partners]": self.partners_in_words or gettext("the child death review partners"),
            "[time limit]": self.time_limit,
            "[email]": format_html('<a href="mailto:{0}">{0}</a>', self.mailbox),
            "[data protection contact]": self.data_protection_contact or ask_us,
            "[rapid review contact]": self.rapid_review_contact or ask_us,
        }
