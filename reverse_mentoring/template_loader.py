"""Django's cached loader, whose templates remember their blocks.

Each time a page is drawn, `{% extends %}` walks through all nodes of base.html in search of its blocks. A template does
not change once it is read, so one walk is enough.
"""

from typing import Any

from django.template import Template
from django.template.base import Node, NodeList
from django.template.loaders import cached


class WalkedOnce(NodeList):
    """The nodes of a template, which no longer change."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext = nodes.contains_nontext
        self._found: dict[type[Node], list[Node]] = {}

    def get_nodes_by_type(self, nodetype: type[Node]) -> list[Node]:
        if nodetype not in self._found:
            self._found[nodetype] = super().get_nodes_by_type(nodetype)
        return self._found[nodetype]


class Loader(cached.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not isinstance(template.nodelist, WalkedOnce):
            template.nodelist = WalkedOnce(template.nodelist)
        return template
