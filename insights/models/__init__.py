"""What the dashboards read: figures counted beforehand. All of it can be thrown away but what is published."""

from insights.models.leader import LeaderTally
from insights.models.need import PairNeed
from insights.models.published import Batch, PublishedCauses, PublishedCell
from insights.models.rollup import Flow, RollUp, Tally

__all__ = ["Batch", "Flow", "LeaderTally", "PairNeed", "PublishedCauses", "PublishedCell", "RollUp", "Tally"]
