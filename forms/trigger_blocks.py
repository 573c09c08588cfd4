"""How an editor says for which children a form is proposed: conditions on the answers to other forms."""

from typing import Any

from django.urls import reverse
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from forms.condition_blocks import ConditionBlock


class TriggerBlock(ConditionBlock):
    class Meta:
        icon = "pick"
        label = "Trigger"
        collapsed = False


class TriggersBlock(blocks.StreamBlock):
    trigger = TriggerBlock()

    class Meta:
        collapsed = True


class TriggersBlockAdapter(StreamBlockAdapter):
    """Sends along where to ask for the questions of other forms, which the conditions are about."""

    js_constructor = "cdop.forms.TriggersBlock"

    def js_args(self, block: blocks.StreamBlock) -> list[Any]:
        *rest, meta = super().js_args(block)
        return [*rest, meta | {"questions": reverse("forms_admin:questions")}]


register(TriggersBlockAdapter(), TriggersBlock)
