"""Who visits: every role, and those who have none."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.permissions.world import World, build
from tests.workflow.reviewing import somebody
from workflow.roles import ROLES


@pytest.fixture
def world(empty_vault, notification, roles) -> World:
    return build(notification)


@pytest.fixture
def visitor(world) -> Callable[[str], tuple[Client, dict[str, str]]]:
    """`visitor("Coordinator")`: a browser, and the headers it sends."""

    def make(who: str) -> tuple[Client, dict[str, str]]:
        client, headers = Client(raise_request_exception=False), {}
        if who in ROLES:
            client.force_login(somebody(who))
        elif who == "Member of another panel":
            user = User.objects.create_user("other-member")
            user.groups.add(Group.objects.get(name="Panel member"))
            client.force_login(user)
        elif who == "Account without a role":
            user = User.objects.create_user("without")
            client.force_login(user)
        elif who == "Link holder":
            session = client.session
            session.update(world.session)
            session.save()
        elif who.endswith(" token"):
            headers = {"Authorization": f"Bearer {world.tokens[who.split()[0].lower()]}"}
        return client, headers

    return make
