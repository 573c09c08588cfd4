"""How an editor says when something is asked: a question, a comparison and a value, each chosen from a list.

What is stored is the key of the question and the code of the answer; the lists are made by `conditions.js` from the
form as it stands in the editor.
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter
from wagtail.blocks.struct_block import StructBlockAdapter

COMPARISONS = [
    ("is", "is"),
    ("is_not", "is not"),
    ("any_of", "is any of"),
    ("answered", "has an answer"),
    ("not_answered", "has no answer"),
    ("at_least", "is at least"),
    ("at_most", "is at most"),
    ("before", "is before"),
    ("after", "is after"),
    ("age_at_least", "age is at least"),
    ("age_under", "age is under"),
]
SCRIPTS = ["cdop_forms/editor.js", "cdop_forms/conditions.js"]


class QuestionKeyInput(forms.TextInput):
    """The key of a question of this form, chosen from a list of its questions."""


class QuestionBlock(blocks.FieldBlock):
    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self.field = forms.CharField(required=required, help_text=help_text, max_length=60, widget=QuestionKeyInput())
        super().__init__(**kwargs)


class TestBlock(blocks.StructBlock):
    __test__ = False

    question = QuestionBlock(label="Question")
    comparison = blocks.ChoiceBlock(choices=COMPARISONS, default="is", label="Comparison")
    value = blocks.CharBlock(required=False, label="Value")
    other = QuestionBlock(required=False, label="or the answer to")
    unit = blocks.ChoiceBlock(choices=[("days", "days"), ("years", "years")], required=False, label="Age in")

    class Meta:
        icon = "help"
        label = "Condition"
        form_classname = "struct-block cdop-test"


class ConditionBlock(blocks.StructBlock):
    join = blocks.ChoiceBlock(
        choices=[("all", "all of these hold"), ("any", "any of these holds")], default="all", label="When"
    )
    tests = blocks.ListBlock(TestBlock(), default=[], label="Conditions")

    class Meta:
        icon = "view"
        collapsed = True
        label_format = "{tests}"
        form_classname = "struct-block cdop-condition"


class RuleBlock(blocks.StructBlock):
    message = blocks.CharBlock(max_length=300, help_text="What the person should do, such as: Check the date of birth.")
    question = QuestionBlock(label="Question that shows the message")
    refuse_if = ConditionBlock(label="Refuse when")

    class Meta:
        icon = "warning"
        label = "Rule"
        label_format = "{message}"


class RulesBlock(blocks.StreamBlock):
    rule = RuleBlock()

    class Meta:
        collapsed = True


class QuestionKeyAdapter(WidgetAdapter):
    js_constructor = "cdop.forms.QuestionKey"

    def js_args(self, widget: forms.Widget) -> list[Any]:
        return []

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("wagtailadmin/js/telepath/widgets.js"), *SCRIPTS])


class TestBlockAdapter(StructBlockAdapter):
    __test__ = False
    js_constructor = "cdop.forms.TestBlock"

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(js=[versioned_static("wagtailadmin/js/telepath/blocks.js"), *SCRIPTS])


register(QuestionKeyAdapter(), QuestionKeyInput)
register(TestBlockAdapter(), TestBlock)
