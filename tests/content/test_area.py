"""What the settings of an area change on its pages."""

import pytest

from content.models import AreaSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(site):
    """`area(phone=…)`: the settings of this area."""

    def change(**settings) -> AreaSettings:
        return AreaSettings.objects.update_or_create(site=site, defaults=settings)[0]

    return change


@pytest.fixture
def shown(client, add_page):
    """`shown("text", "<p>…</p>")`: the page on which one block stands."""

    def show(block: str, value) -> str:
        add_page(body=[(block, value)])
        return client.get("/a-page/").content.decode()

    return show


@pytest.mark.parametrize(
    ("hours", "words"),
    [(None, "as soon as you can"), (1, "within 1 hour of the death"), (48, "within 48 hours of the death")],
)
def test_the_time_limit_is_a_setting(area, shown, hours, words):
    area(notify_within_hours=hours)
    assert f"<p>Tell us {words}.</p>" in shown("text", "<p>Tell us [time limit].</p>")


def test_words_in_brackets_are_the_areas_own_and_escaped(area, shown):
    area(area_name="Here & There", partners="A <Council>\nB\nC", mailbox="us@here.example")
    html = shown("text", "<p>[area]: [partners]. [email] [unknown]</p>")
    assert "Here &amp; There: A &lt;Council&gt;, B and C." in html
    assert '<a href="mailto:us@here.example">us@here.example</a> [unknown]</p>' in html


def test_who_is_not_known_yet_can_be_asked_for(area, shown):
    area(mailbox="us@here.example", rapid_review_contact="")
    html = shown("text", "<p>[data protection contact] [rapid review contact]</p>")
    assert html.count("Ask us, and we will tell you who to contact (us@here.example).") == 2


def test_lines_of_a_contact_stay_lines(area, shown):
    area(data_protection_contact="The officer\nofficer@here.example")
    assert "The officer<br>officer@here.example" in shown("text", "<p>[data protection contact]</p>")


def test_the_contact_box_shows_what_is_filled_in_and_no_more(area, shown):
    area(mailbox="us@here.example", phone="01234 567 890", hours="", reply_time="Within 2 days")
    html = shown("contact", {"title": "Us", "text": ""})
    assert '<a href="tel:01234567890">01234 567 890</a>' in html
    assert "Within 2 days" in html
    assert "Hours" not in html
    assert "Outside these hours" not in html


def test_a_phone_with_words_is_shown_and_cannot_be_dialled(area, shown):
    area(phone="Ask the switchboard")
    assert "tel:" not in shown("contact", {"title": "Us", "text": ""})


def test_while_the_form_is_down_the_button_gives_way_to_the_message(area, shown):
    area(notification_down="Phone the team.\nDo not wait.")
    html = shown("button", {"text": "Notify us", "address": "/report-a-child-death/"})
    assert "The form is not available now" in html
    assert "<p>Phone the team.<br>Do not wait.</p>" in html
    assert 'nhsuk-button" href' not in html


def test_other_buttons_stay_while_the_form_is_down(area, shown):
    area(notification_down="Phone the team.")
    html = shown("button", {"text": "Read on", "address": "/families/"})
    assert '<a class="nhsuk-button" href="/families/"' in html
    assert "Phone the team." not in html


def test_who_may_change_the_settings(client, person, site):
    address = f"/admin/settings/cdop_content/areasettings/{site.pk}/"
    for role, allowed in (
        ("Coordinator", True),
        ("Administrator", True),
        ("Site editor", False),
        ("Panel member", False),
    ):
        client.force_login(person(role))
        assert (client.get(address).status_code == 200) is allowed, role
