"""Reading published forms over the API."""

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from forms.models import Form, Translation
from tests.forms.api.conftest import FORM

pytestmark = pytest.mark.django_db


def test_published_forms_are_listed(client, notification_form):
    listed = client.get("/api/v1/forms").json()
    assert listed["count"] == len(listed["items"])
    item = next(item for item in listed["items"] if item["slug"] == "notification")
    assert (item["title"], item["version"]) == (notification_form.title, 1)


def test_a_draft_and_an_unpublished_form_are_not_shown(client, notification_form):
    Form.objects.create(slug="secret-draft", title="Secret draft", live=False)
    notification_form.unpublish()
    slugs = {item["slug"] for item in client.get("/api/v1/forms").json()["items"]}
    assert not {"secret-draft", "notification"} & slugs
    assert client.get(FORM).status_code == 404
    assert client.get("/api/v1/forms/secret-draft").status_code == 404


def test_listing_forms_asks_the_database_once(client, notification_form, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/api/v1/forms")


def test_a_form_is_given_whole_with_the_key_of_every_question(client, notification):
    form = client.get(FORM).json()
    keys = [question["key"] for page in form["pages"] for question in page["questions"]]
    assert keys == [question.key for question in notification.definition.questions()]
    assert (form["version"], form["checksum"]) == (1, notification.checksum)


def test_an_unchanged_form_is_not_sent_again(client, notification):
    tag = client.get(FORM).headers["ETag"]
    again = client.get(FORM, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("kept", ["W/{}", '"older", {}', 'W/"older",W/{}', "*"])
def test_nor_when_a_proxy_weakened_its_tag_or_a_client_kept_several(client, notification, kept):
    tag = client.get(FORM).headers["ETag"]
    assert client.get(FORM, headers={"If-None-Match": kept.format(tag)}).status_code == 304


@pytest.mark.parametrize("kept", ['"older"', 'W/"older", "oldest"', "no tag", ""])
def test_who_kept_another_is_sent_it(client, notification, kept):
    assert client.get(FORM, headers={"If-None-Match": kept}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/fhir+json;q=0", "application/json"),
        ("application/fhir+json;q=0, */*", "application/json"),
        ("application/fhir+json;q=0.1, application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("application/fhir+json, application/json;q=0.5", "application/fhir+json"),
        ("application/fhir+json; fhirVersion=4.0", "application/fhir+json"),
        ("application/fhir+json; charset=utf-8, */*;q=0.1", "application/fhir+json"),
    ],
)
def test_a_client_gets_the_type_it_prefers(client, notification, accept, given):
    assert client.get(FORM, headers={"Accept": accept}).headers["Content-Type"] == given


def test_a_form_is_given_as_a_fhir_questionnaire_when_asked(client, notification):
    response = client.get(FORM, headers={"Accept": "application/fhir+json"})
    assert response.headers["Content-Type"] == "application/fhir+json"
    questionnaire = Questionnaire.model_validate(response.json())
    assert (questionnaire.status, questionnaire.version) == ("active", "1")
    assert response.headers["ETag"] != client.get(FORM).headers["ETag"]


class TestLanguages:
    @pytest.fixture
    def polish(self, notification) -> Translation:
        words = {"First names": "Ferst nejms", "Female": "Fimejl"}
        return Translation.objects.create(form=notification.form, language="pl", words=words, offered=True)

    def test_a_form_says_in_which_languages_it_can_be_read(self, client, notification, polish):
        Translation.objects.create(form=notification.form, language="ur")
        assert client.get(FORM).json()["languages"] == ["pl"]

    def test_in_another_language_only_words_differ(self, client, polish):
        english, other = client.get(FORM).json(), client.get(f"{FORM}?language=pl").json()
        assert "Ferst nejms" in str(other)
        back = str(other).replace("Ferst nejms", "First names").replace("Fimejl", "Female")
        assert back == str(english)

    def test_a_questionnaire_is_translated_too(self, client, polish):
        asked = client.get(f"{FORM}?language=pl", headers={"Accept": "application/fhir+json"})
        assert "Ferst nejms" in str(Questionnaire.model_validate(asked.json()).model_dump())

    @pytest.mark.parametrize(("language", "status"), [("ur", 404), ("fr", 404), ("x'--", 422), ("", 200)])
    def test_a_language_that_is_not_offered_is_not_found(self, client, notification, polish, language, status):
        Translation.objects.create(form=notification.form, language="ur")
        assert client.get(FORM, {"language": language}).status_code == status

    def test_what_a_client_has_kept_is_old_when_words_or_languages_change(self, client, notification, polish):
        tags = [client.get(FORM).headers["ETag"], client.get(f"{FORM}?language=pl").headers["ETag"]]
        polish.words = {}
        polish.save()
        tags.append(client.get(f"{FORM}?language=pl").headers["ETag"])
        polish.offered = False
        polish.save()
        tags.append(client.get(FORM).headers["ETag"])
        assert len(set(tags)) == 4


def test_the_form_people_see_is_the_published_one(client, notification_form):
    title = notification_form.title
    draft = notification_form.get_latest_revision_as_object()
    draft.title = "Not yet published"
    draft.save_revision()
    assert client.get(FORM).json()["title"] == title


def test_the_operator_can_close_reading(client, settings, notification, token):
    settings.API_FORMS_CLOSED = True
    refused = client.get(FORM)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert client.get(FORM, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_what_is_not_there_is_a_problem_in_json(client, db):
    response = client.get("/api/v1/forms/nothing")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_the_json_schema_of_a_form_file_is_published(client, db):
    schema = client.get("/api/v1/schemas/form-file.json").json()
    assert schema["properties"]["format"]["const"] == "cdop-form"


def test_the_readable_page_lists_every_operation_and_runs_nothing(client, db):
    response = client.get("/api/v1/docs")
    page = response.content.decode()
    document = client.get("/api/v1/openapi.json").json()
    for path in document["paths"]:
        assert path in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<script" not in main
    assert "http://" not in main.replace("http://testserver", "")
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_no_other_host_is_let_in_unless_named(client, settings, notification):
    origin = {"Origin": "https://invented.example"}
    assert "Access-Control-Allow-Origin" not in client.get(FORM, headers=origin).headers
    settings.CORS_ALLOWED_ORIGINS = ["https://invented.example"]
    assert client.get(FORM, headers=origin).headers["Access-Control-Allow-Origin"] == "https://invented.example"
    assert "Access-Control-Allow-Origin" not in client.get("/admin/login/", headers=origin).headers
