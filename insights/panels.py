"""The charts of HR's dashboard: from figures to pictures, with the words that go with them."""

from insights.charts import Chart, Row, bar_chart, column_chart
from insights.figures import Bridges, Pace, SkillBalance, Stage


def funnel_chart(stages: list[Stage]) -> Chart:
    rows = [
        Row(stage.name, [stage.people], [f"{stage.people} ({stage.share} %)" if stage.share is not None else "0"])
        for stage in stages
        if stages[0].people
    ]
    words = "; ".join(f"{stage.name}: {stage.people} {stage.meaning}" for stage in stages) + "."
    return bar_chart("funnel", "How far people have come", words, rows=rows, series=["People"], head="Stage")


def pace_chart(pace: Pace) -> Chart:
    rows = [
        Row(
            f"{month.start:%b %Y}",
            [] if month.rate is None else [month.rate],
            ["–" if month.rate is None else f"{month.rate:.2f}"],
        )
        for month in pace.months
    ]
    words = "Meetings held in a month, divided by the months that pairs were running in it."
    return column_chart("pace", "Meetings a pair-month", words, rows=rows, series="Meetings a pair-month", head="Month")


def skills_chart(balance: list[SkillBalance]) -> Chart:
    rows = [Row(b.skill, [b.wanted, b.offered], [str(b.wanted), str(b.offered)]) for b in balance]
    words = "The skills that most enrolled people want to learn, beside the number of enrolled people who offer them."
    return bar_chart(
        "skills", "Skills in demand and in supply", words, rows=rows, series=["Wanted by", "Offered by"], head="Skill"
    )


def ways_chart(found: Bridges, shown: int = 10) -> Chart:
    ways = sorted(found.ways, key=lambda way: (-way[2], way))[:shown]
    rows = [Row(f"{mentor} → {mentee}", [n], [str(n)]) for mentor, mentee, n in ways]
    words = "From the mentor's department to the mentee's: the ways that most pairs go."
    return bar_chart("ways", "Who bridges to whom", words, rows=rows, series=["Pairs"], head="From → to")
