"""How an editor says when something is asked."""

from wagtail import blocks

COMPARISONS = [
    ("is", "is"),
    ("is_not", "is not"),
    ("any_of", "is any of (codes, separated by commas)"),
    ("answered", "has an answer"),
    ("not_answered", "has no answer"),
    ("at_least", "is at least"),
    ("at_most", "is at most"),
    ("before", "is before"),
    ("after", "is after"),
    ("age_at_least", "age is at least"),
    ("age_under", "age is under"),
]


class TestBlock(blocks.StructBlock):
    __test__ = False

    question = blocks.CharBlock(label="Key of an earlier question")
    comparison = blocks.ChoiceBlock(choices=COMPARISONS, default="is")
    value = blocks.CharBlock(required=False, help_text="A code, a number, a date (2026-04-01) or today.")
    other = blocks.CharBlock(
        required=False, label="or the answer to", help_text="Key of another question to compare with."
    )
    unit = blocks.ChoiceBlock(choices=[("days", "days"), ("years", "years")], required=False, label="Age in")

    class Meta:
        icon = "help"
        label = "Test"
        label_format = "{question} {comparison} {value} {other}"


class ConditionBlock(blocks.StructBlock):
    join = blocks.ChoiceBlock(choices=[("all", "all of these hold"), ("any", "any of these holds")], default="all")
    tests = blocks.ListBlock(TestBlock(), default=[])

    class Meta:
        icon = "view"
        collapsed = True
        label_format = "{tests}"
        form_classname = "struct-block cdop-condition"


class RuleBlock(blocks.StructBlock):
    message = blocks.CharBlock(max_length=300, help_text="What the person should do, such as: Check the date of birth.")
    question = blocks.CharBlock(label="Key of the question that shows the message")
    refuse_if = ConditionBlock(label="Refuse when")

    class Meta:
        icon = "warning"
        label = "Rule"
        label_format = "{message}"


class RulesBlock(blocks.StreamBlock):
    rule = RuleBlock()

    class Meta:
        collapsed = True
