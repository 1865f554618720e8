"""Django's cached loader, whose templates remember their blocks."""

from django.template import engines
from django.template.base import NodeList
from django.template.loader_tags import BlockNode

from reverse_mentoring.template_loader import WalkedOnce


def test_a_template_is_walked_once_and_knows_the_same_blocks() -> None:
    nodes = engines["django"].get_template("base.html").template.nodelist  # type: ignore[attr-defined]

    found = nodes.get_nodes_by_type(BlockNode)

    assert isinstance(nodes, WalkedOnce)
    assert found == NodeList(nodes).get_nodes_by_type(BlockNode)
    assert nodes.get_nodes_by_type(BlockNode) is found
