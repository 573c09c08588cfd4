"""How an editor says for which children a form is proposed: conditions on the answers to other forms."""

from wagtail import blocks

from forms.condition_blocks import COMPARISONS


class TriggerTestBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="Key of a question", help_text="Of the notification or the reporting form.")
    comparison = blocks.ChoiceBlock(choices=COMPARISONS, default="is")
    value = blocks.CharBlock(required=False, help_text="The code of an answer; several with commas between.")
    other = blocks.CharBlock(required=False, label="or the answer to", help_text="Key of another question.")
    unit = blocks.ChoiceBlock(choices=[("days", "days"), ("years", "years")], required=False, label="Age in")

    class Meta:
        icon = "help"
        label = "Test"
        label_format = "{question} {comparison} {value} {other}"


class TriggerBlock(blocks.StructBlock):
    join = blocks.ChoiceBlock(
        choices=[("all", "all of these hold"), ("any", "any of these holds")], default="all", label="When"
    )
    tests = blocks.ListBlock(TriggerTestBlock())

    class Meta:
        icon = "pick"
        label = "Trigger"
        label_format = "{tests}"


class TriggersBlock(blocks.StreamBlock):
    trigger = TriggerBlock()

    class Meta:
        collapsed = True
