"""Lists whose items are more than a line of text."""

from wagtail import blocks

from content.blocks.text import short_text

EXAMPLE_STEPS = [
    {"title": "We are told", "text": "<p>A professional tells us that your child has died.</p>"},
    {"title": "We collect information", "text": "<p>We ask everyone who cared for your child.</p>"},
]


class DoBlock(blocks.StructBlock):
    title = blocks.CharBlock(default="Do")
    items = blocks.ListBlock(blocks.CharBlock(label="Line"), label="Lines")

    class Meta:
        icon = "check"
        label = "Do list"
        description = "What to do, each line with a tick."
        preview_value = {"title": "Do", "items": ["tell us what you know", "say when something is not known"]}
        template = "cdop_content/blocks/do.html"


class DontBlock(DoBlock):
    title = blocks.CharBlock(default="Don’t")

    class Meta:
        icon = "cross"
        label = "Don’t list"
        description = "What not to do, each line with a cross."
        preview_value = {"title": "Don’t", "items": ["delay a safeguarding referral"]}
        template = "cdop_content/blocks/dont.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    text = short_text()

    class Meta:
        label = "Step"
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    steps = blocks.ListBlock(StepBlock())

    class Meta:
        icon = "list-ol"
        label = "Steps"
        description = "What happens, one numbered step after another."
        preview_value = {"title": "", "steps": EXAMPLE_STEPS}
        template = "cdop_content/blocks/steps.html"


class FunctionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(default="What the panel does")
    items = blocks.ListBlock(StepBlock())

    class Meta:
        icon = "list-ol"
        label = "Functions of the panel"
        description = "The seven statutory functions. Each has an address of its own, such as #function-1."
        anchor = "function"
        preview_value = {"title": "What the panel does", "items": EXAMPLE_STEPS}
        template = "cdop_content/blocks/statutory.html"


class RequirementsBlock(FunctionsBlock):
    title = blocks.CharBlock(default="What the law requires")

    class Meta:
        label = "Statutory requirements"
        description = "The seven statutory requirements. Each has an address of its own, such as #requirement-1."
        anchor = "requirement"
        preview_value = {"title": "What the law requires", "items": EXAMPLE_STEPS}
