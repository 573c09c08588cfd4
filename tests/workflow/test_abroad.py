"""Children who died abroad: where, what to seek, and from when time limits count."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from tests.notifying import days_ago
from workflow import services
from workflow.abroad.services import record_body_home
from workflow.models import AbroadSettings
from workflow.roles import load_clock_rules
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
ABROAD = {"place_of_death_type": "abroad", "country": "fr", "place_of_death_name": ""}


@pytest.fixture
def abroad(notify):
    load_clock_rules()
    return notify(date_of_death=days_ago(30).isoformat(), **ABROAD)


def page(client, case):
    return client.get(reverse("cases:case", args=[case.reference])).content.decode()


def started(case, code):
    return timezone.localdate(case.clocks.get(rule__code=code).started_at)


def test_the_page_names_the_country_and_what_to_seek(client, abroad, coordinator):
    client.force_login(coordinator)
    shown = page(client, abroad)
    for words in ("Died abroad", "France", "Foreign, Commonwealth and Development Office", "Not recorded"):
        assert words in shown
    assert "Ask the coroner" not in shown


def test_a_child_who_died_here_has_no_such_panel(client, case, coordinator):
    client.force_login(coordinator)
    assert "Died abroad" not in page(client, case)


def test_once_the_body_is_brought_home_a_coroner_is_asked_and_a_hold_is_offered(client, abroad, coordinator):
    client.force_login(coordinator)
    client.post(reverse("cases:body_home", args=[abroad.reference]), {"answer": "yes"})
    shown = page(client, abroad)
    assert "Ask the coroner" in shown
    assert "Put on hold for the coroner" in shown
    assert abroad.timeline.filter(text="Brought home after the death abroad: yes.").exists()
    services.hold(abroad, coordinator, "coroner", ["panel"], days_ago(0))
    assert "Put on hold for the coroner" not in page(client, abroad)


def test_the_steps_are_those_that_the_area_sets(client, abroad, coordinator):
    settings = AbroadSettings.load()
    settings.steps = "Ring the invented consulate.\n\nWait."
    settings.save()
    client.force_login(coordinator)
    assert "<li>Ring the invented consulate.</li><li>Wait.</li>" in page(client, abroad)


def test_nobody_is_late_before_they_were_told(abroad):
    assert started(abroad, "T8") == timezone.localdate()
    notified = abroad.clocks.get(rule__code="T2")
    assert notified.met_at <= notified.due_at


def test_an_area_may_count_from_the_death_all_the_same(notify):
    load_clock_rules()
    settings = AbroadSettings.load()
    settings.limits_from = "death"
    settings.save()
    assert started(notify(date_of_death=days_ago(30).isoformat(), **ABROAD), "T8") == days_ago(30)


def test_a_death_here_counts_from_the_death(notify):
    load_clock_rules()
    assert started(notify(date_of_death=days_ago(5).isoformat()), "T8") == days_ago(5)


def test_only_a_known_answer_of_who_works_on_a_case_abroad_is_taken(abroad, case, coordinator, person):
    with pytest.raises(MoveRefused, match="Say whether"):
        record_body_home(abroad, coordinator, "perhaps")
    with pytest.raises(MoveRefused, match="died in this country"):
        record_body_home(case, coordinator, "yes")
    with pytest.raises(PermissionDenied):
        record_body_home(abroad, person("Panel chair"), "yes")


def test_the_settings_are_for_coordinators(client, coordinator, person):
    address = f"/admin/settings/cdop_workflow/abroadsettings/{AbroadSettings.load().pk}/"
    client.force_login(coordinator)
    assert client.get(address).status_code == 200
    client.force_login(person("Designated doctor"))
    assert client.get(address).status_code in (302, 403)


def test_a_hold_stops_no_gathering_of_a_death_abroad(abroad, coordinator):
    services.hold(abroad, coordinator, "coroner", ["panel"], dt.date.today())
    services.decide_scope(abroad, coordinator, in_scope=True)
    services.decide_jar(abroad, coordinator, "no", [])
    assert services.move(abroad, "accept", coordinator).state == "information_gathering"
