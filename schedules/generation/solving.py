"""What needs the solver: filling a month, repairing one, and the reasons why a result is as it is. For workers."""

from schedules.generation.explain import Explanation, explain
from schedules.generation.generate import generate
from schedules.generation.relaxation import relaxation_gains, soft_costs
from schedules.generation.repair import for_repair, repair, with_past_held

__all__ = [
    "Explanation",
    "explain",
    "for_repair",
    "generate",
    "relaxation_gains",
    "repair",
    "soft_costs",
    "with_past_held",
]
