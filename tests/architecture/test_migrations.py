"""Migrations form one line per package: two people who add one at once find out early."""

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("evenhand.")]


@pytest.fixture(scope="module")
def graph():
    return MigrationLoader(None).graph


def steps(graph, label):
    return [node for node in graph.nodes if node[0] == label]


@pytest.mark.parametrize("label", OURS)
def test_migrations_have_one_end(graph, label):
    assert len(graph.leaf_nodes(label)) == min(1, len(steps(graph, label)))


@pytest.mark.parametrize("label", OURS)
def test_no_migration_comes_after_two_of_its_own_package(graph, label):
    merged = [
        step
        for step in steps(graph, label)
        if sum(parent.key[0] == label for parent in graph.node_map[step].parents) > 1
    ]

    assert merged == []
