"""A file of many returns: what is in it, that it goes once, and the answers that are read back."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exports.models import ExportLog, NcmdBatch, NcmdReturnChange
from exports.ncmd import services
from exports.ncmd.answers import NotReadable, read
from exports.ncmd.dictionary import ncmd
from exports.ncmd.selectors import ready_by_stage
from exports.ncmd.states import Stage
from forms.services import receive
from tests.exports.ncmd.returning import accepted_case, fresh, go, of, on_its_way
from tests.notifying import invented_answers
from workflow import services as workflow
from workflow.models import Case
from workflow.services import MoveRefused

pytestmark = pytest.mark.django_db
ALL = [str(stage) for stage in Stage]
NOTIFICATION = "notification"


@pytest.fixture
def coordinator(person):
    return person("Coordinator")


@pytest.fixture
def another(notification, due):
    """A second case that is due, whose form lacks what is needed or not."""

    def make(**answers):
        received = receive(notification, invented_answers(child_family_name="Madeup") | answers)
        return accepted_case(Case.objects.get(submissions__submission=received))

    return make


@pytest.fixture
def batch(due, coordinator):
    return services.make_batch(coordinator, ALL)


@pytest.fixture
def sent(batch, coordinator):
    services.confirm_sent(batch, coordinator)
    return NcmdBatch.objects.get(pk=batch.pk)


def files(batch):
    with zipfile.ZipFile(BytesIO(NcmdBatch.objects.get(pk=batch.pk).content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def answered(sent, coordinator, text):
    keys = {each.key for each in sent.sendings.all()}
    return services.read_answers(sent, read(text.encode(), keys), coordinator)


def line(case, outcome, reference="", reasons="", revision=1):
    return f"key,outcome,reference,reasons\n{case.reference}-notification-{revision},{outcome},{reference},{reasons}\n"


def test_a_file_has_a_line_for_each_return_and_a_manifest(batch, due):
    inside = files(batch)
    assert set(inside) == {"manifest.json", "notification.jsonl"}
    [row] = map(json.loads, inside["notification.jsonl"].splitlines())
    assert (row["key"], row["case"], row["stage"]) == (f"{due.reference}-notification-1", due.reference, NOTIFICATION)
    assert row["words"]["child_family_name"] == "Invented"
    assert row["values"]["child_family_name"] == "Invented"


def test_the_manifest_says_what_must_be_in_it(batch, another, coordinator):
    another()
    batch = services.make_batch(coordinator, ALL)
    inside = files(batch)
    manifest = json.loads(inside["manifest.json"])
    [file] = manifest["files"]
    assert file["sha256"] == hashlib.sha256(inside[file["name"]]).hexdigest()
    assert file["rows"] == manifest["rows"] == len(inside[file["name"]].splitlines()) == 1
    assert (manifest["name"], manifest["dictionary_version"]) == (str(batch), ncmd().version)
    assert manifest["extracted_at"].startswith(batch.made_at.strftime("%Y-%m-%dT"))


def test_its_checksum_is_that_of_the_file_which_is_kept_sealed(batch, coordinator):
    taken = services.take_file(batch, coordinator)
    assert batch.checksum == hashlib.sha256(taken).hexdigest()
    assert services.take_file(batch, coordinator) == taken
    assert "Invented" not in batch.sealed


def test_a_line_of_codes_is_for_programs_and_one_of_words_for_people(batch):
    [row] = map(json.loads, files(batch)["notification.jsonl"].splitlines())
    assert row["values"]["date_of_death"] in json.dumps(invented_answers(), default=str)
    assert row["words"]["place_of_death_type"] != row["values"]["place_of_death_type"]


def test_each_taking_is_in_the_export_log(batch, coordinator):
    services.take_file(batch, coordinator)
    services.take_file(batch, coordinator)
    logs = ExportLog.objects.filter(dataset="ncmd")
    assert [(log.format, log.identity, log.end.checksum, log.end.rows) for log in logs] == [
        ("zip", True, batch.checksum, 1)
    ] * 2


def test_what_a_rule_stops_is_left_out_and_the_rest_goes(another, due, coordinator):
    stopped = another(child_family_name=None)
    assert ready_by_stage(coordinator, "file")[NOTIFICATION] == (1, 1)
    batch = services.make_batch(coordinator, ALL)
    assert [each.ncmd_return.case for each in batch.sendings.all()] == [due]
    with pytest.raises(MoveRefused, match="The family name is missing"):
        on_its_way(stopped, gateway="file")


def test_only_the_stages_that_were_chosen_go(due, coordinator):
    with pytest.raises(MoveRefused, match="Nothing of this is ready"):
        services.make_batch(coordinator, ["reporting"])
    assert not NcmdBatch.objects.exists()


def test_what_is_in_a_file_goes_into_no_other_file_and_no_other_way(batch, due, coordinator, database):
    with pytest.raises(MoveRefused, match="Nothing of this is ready"):
        services.make_batch(coordinator, ALL)
    for other in (lambda: go(due, NOTIFICATION, "send"), lambda: on_its_way(due)):
        with pytest.raises(MoveRefused, match="on its way already: a file"):
            other()


def test_a_return_is_sent_only_once_it_is_recorded_that_the_file_went(batch, due, coordinator):
    assert of(due, NOTIFICATION).state == "queued"
    assert services.confirm_sent(batch, coordinator) == 1
    change = of(due, NOTIFICATION).changes.last()
    assert (change.target, change.by) == ("sent", coordinator)
    assert change.sent["values"]["child_family_name"] == "Invented"
    with pytest.raises(MoveRefused, match="It is now “Sent”"):
        services.confirm_sent(batch, coordinator)
    assert NcmdReturnChange.objects.filter(transition="send").count() == 1


def test_a_file_that_is_taken_back_leaves_its_returns_to_be_sent(batch, due, coordinator):
    services.withdraw_batch(batch, coordinator)
    assert go(due, NOTIFICATION, "send").state == "sent"
    for again in (services.withdraw_batch, services.confirm_sent):
        with pytest.raises(MoveRefused, match="Taken back"):
            again(batch, coordinator)


def test_a_case_that_is_not_reviewed_here_after_all_is_not_recorded_as_sent(batch, due, coordinator, person):
    workflow.decide_scope(due, coordinator, in_scope=False, reason_code="not_resident")
    workflow.confirm_scope(due, person("Designated doctor"))
    workflow.move(due, "rule_out", coordinator, reason="Invented.")
    assert services.confirm_sent(batch, coordinator) == 0
    assert fresh(batch.sendings.get()).state == "withdrawn"


def test_answers_are_read_back_and_what_was_rejected_is_mended_and_sent_again(sent, due, coordinator):
    assert answered(sent, coordinator, line(due, "rejected", reasons="The ward is missing.")) == 1
    rejected = of(due, NOTIFICATION)
    assert (rejected.state, rejected.changes.last().words) == ("rejected", "The ward is missing.")
    assert rejected.changes.last().by == coordinator
    again = services.make_batch(coordinator, ALL)
    services.confirm_sent(again, coordinator)
    again.refresh_from_db()
    assert answered(again, coordinator, line(due, "accepted", "INVENTED-2", revision=2)) == 1
    assert (of(due, NOTIFICATION).state, of(due, NOTIFICATION).reference) == ("accepted", "INVENTED-2")


def test_answers_read_twice_are_heard_once_and_may_change(sent, due, coordinator):
    accepted = line(due, "accepted", "INVENTED-2")
    assert answered(sent, coordinator, accepted) == 1
    assert answered(sent, coordinator, accepted) == 0
    assert answered(sent, coordinator, line(due, "rejected", reasons="Another look.")) == 1
    assert of(due, NOTIFICATION).state == "rejected"


def test_an_answer_to_what_was_sent_again_since_comes_too_late(sent, due, coordinator):
    answered(sent, coordinator, line(due, "rejected", reasons="No."))
    go(due, NOTIFICATION, "send")
    assert answered(sent, coordinator, line(due, "accepted")) == 0
    assert of(due, NOTIFICATION).state == "sent"


def test_answers_wait_until_the_file_is_recorded_as_sent(batch, due, coordinator):
    with pytest.raises(MoveRefused, match="Record first"):
        answered(batch, coordinator, line(due, "accepted"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("key,outcome\nK-9,accepted\n", "Line 2: no return of this file has that key."),
        ("key,outcome\nK-1,perhaps\n", "Line 2: the outcome is neither “accepted” nor “rejected”."),
        ("key,outcome\nK-1,rejected\n", "Line 2: there are no reasons."),
        ("key,outcome\nK-1,accepted\nK-1,rejected\n", "Line 3: there are no reasons."),
        ("key,outcome\nK-1,accepted\nK-1,accepted\n", "more than one line"),
        ("key,outcome\n", "There is no line in it."),
        ("outcome\naccepted\n", "There is no column “key”."),
        ("", "There is no column “key”."),
        ('key,outcome\n"K-1,accepted\n', "This is not a CSV file in UTF-8."),
    ],
)
def test_a_file_of_answers_that_is_not_right_is_refused_line_by_line(text, sentence):
    with pytest.raises(NotReadable) as refused:
        read(text.encode(), {"K-1"})
    assert sentence in str(refused.value)


def test_what_a_spreadsheet_saves_is_read_and_what_is_no_text_refused():
    [line] = read("\ufeffoutcome,key,other\r\nAccepted, K-1 ,x\r\n".encode(), {"K-1"})
    assert (line.key, line.answer.outcome) == ("K-1", "accepted")
    with pytest.raises(NotReadable, match="not a CSV file"):
        read(b"PK\x03\x04\xff\xfe", {"K-1"})


def test_one_bad_line_keeps_all_from_being_recorded(sent, due, coordinator):
    text = line(due, "accepted") + "UNKNOWN-1,accepted,,\n"
    with pytest.raises(NotReadable):
        answered(sent, coordinator, text)
    assert of(due, NOTIFICATION).state == "sent"


def test_problems_repeat_nothing_of_the_file_and_do_not_go_on_for_ever():
    text = "key,outcome\n" + "Invented Child,maybe\n" * 30
    with pytest.raises(NotReadable) as refused:
        read(text.encode(), {"K-1"})
    assert "Invented" not in str(refused.value)
    assert refused.value.problems[-1] == "There are 40 more."


@pytest.mark.parametrize("role", ["Analyst", "Panel chair", "Designated doctor"])
def test_others_make_take_and_answer_no_file(sent, person, role):
    user = person(role)
    acts = (
        lambda: services.make_batch(user, ALL),
        lambda: services.hand_over_all(user, "api", ALL),
        lambda: services.take_file(sent, user),
        lambda: services.confirm_sent(sent, user),
        lambda: services.withdraw_batch(sent, user),
        lambda: services.read_answers(sent, [], user),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_all_that_is_ready_is_handed_to_the_interface_at_once(another, due, coordinator, database):
    another()
    assert services.hand_over_all(coordinator, "api", ALL) == 2
    assert services.deliver_waiting()["sent"] == 2
    with pytest.raises(MoveRefused, match="Nothing of this is ready"):
        services.hand_over_all(coordinator, "api", ALL)


def test_finding_what_is_ready_takes_as_many_queries_for_many_as_for_one(another, due, coordinator):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            ready_by_stage(coordinator, "file")
        return len(captured)

    queries()
    one = queries()
    for _ in range(3):
        another()
    assert queries() == one


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_answers_in_another_encoding_are_refused_and_change_nothing(sent, due, coordinator, encoding):
    keys = {each.key for each in sent.sendings.all()}
    with pytest.raises(NotReadable):
        services.read_answers(sent, read(line(due, "accepted").encode(encoding), keys), coordinator)
    assert of(due, NOTIFICATION).state == "sent"


def test_reasons_in_the_encoding_of_an_old_spreadsheet_are_refused_rather_than_garbled(sent, due):
    with pytest.raises(NotReadable, match="not a CSV file in UTF-8"):
        read(line(due, "rejected", reasons="Né le 1er").encode("cp1252"), {f"{due.reference}-notification-1"})


def test_reasons_may_have_commas_and_lines_of_their_own(sent, due, coordinator):
    assert answered(sent, coordinator, line(due, "rejected", reasons='"No ward,\nno postcode."')) == 1
    assert of(due, NOTIFICATION).changes.last().words == "No ward,\nno postcode."


def test_every_unknown_line_is_named_by_its_number(sent, due):
    text = line(due, "accepted") + "UNKNOWN-1,accepted,,\nUNKNOWN-2,rejected,,\n"
    with pytest.raises(NotReadable) as refused:
        read(text.encode(), {f"{due.reference}-notification-1"})
    assert refused.value.problems == [
        "Line 3: no return of this file has that key.",
        "Line 4: no return of this file has that key.",
        "Line 4: there are no reasons.",
    ]


def test_an_answer_of_another_file_is_unknown_here(sent, another, coordinator):
    other = another()
    services.make_batch(coordinator, ALL)
    with pytest.raises(NotReadable, match="no return of this file"):
        answered(sent, coordinator, line(other, "accepted"))


def test_a_null_in_an_answer_is_left_out(sent, due, coordinator):
    assert answered(sent, coordinator, line(due, "accepted", reference="INVENTED\x00")) == 1
    assert of(due, NOTIFICATION).reference == "INVENTED"


def test_the_same_answers_read_twice_leave_one_change(sent, due, coordinator):
    news = [answered(sent, coordinator, line(due, "rejected", reasons="No ward.")) for _ in range(3)]
    assert news == [1, 0, 0]
    assert NcmdReturnChange.objects.filter(transition="reject").count() == 1
