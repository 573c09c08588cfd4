"""Ways to reach people."""

from wagtail import blocks

from content.blocks.text import short_text


class ContactBlock(blocks.StructBlock):
    title = blocks.CharBlock(default="Contact us")
    text = short_text(required=False, help_text="The address, phone number and hours come from the area settings.")

    class Meta:
        icon = "mail"
        label = "Contact box"
        description = "How to reach the team, as the area settings say."
        preview_value = {"title": "Contact us", "text": "<p>You can ask us anything.</p>"}
        template = "cdop_content/blocks/contact.html"


class OrganisationBlock(blocks.StructBlock):
    name = blocks.CharBlock()
    help = blocks.CharBlock(label="Who they help")
    phone = blocks.CharBlock(required=False)
    hours = blocks.CharBlock(required=False, help_text="When the phone is answered.")
    website = blocks.URLBlock(required=False)

    class Meta:
        label = "Organisation"
        label_format = "{name}"


class SupportBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    organisations = blocks.ListBlock(OrganisationBlock())

    class Meta:
        icon = "group"
        label = "Support organisations"
        description = "Organisations that help, each with whom they help and how to reach them."
        help_text = "Check every phone number and address each 6 months. Leave empty what you are not sure of."
        preview_value = {
            "title": "For everyone",
            "organisations": [
                {"name": "Samaritans", "help": "Anyone who needs to talk", "phone": "116 123", "hours": "any time"}
            ],
        }
        template = "cdop_content/blocks/support.html"
