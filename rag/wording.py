"""Sentences about an answer that every surface says in the same words. It leaves out how they are shown."""

from collections.abc import Callable, Sequence

from rag.records import Answer, Understood


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "speaker"), count(1200, "speaker"), count(2, "person", "people")
    ('1 speaker', '1,200 speakers', '2 people')
    """
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names as a sentence lists them.

    >>> listed(["Ann", "Bo", "Cy"]), listed(["Ann", "Bo"], "or"), listed(["Ann"]), listed([])
    ('Ann, Bo and Cy', 'Ann or Bo', 'Ann', '')
    """
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def understood_as(question: Understood, title: Callable[[str], str] = str) -> str:
    """What a question was taken to ask, as the end of a sentence; ``title`` names an interview by its source."""
    topic = f"“{question.topic.strip()}”" if question.topic.strip() else ""
    on = f" on {topic}" if topic else ""
    people = listed((*question.speakers, *question.strangers))
    asked = {
        "who": f"whether {people} says something{on}" if people else f"who says something{on}",
        "what": f"what {people} says{on}" if people else f"anything said{on}",
        "compare": f"how {people or 'they'} compare{on}",
        "contact": f"how to reach {people or 'somebody'}",
        "credits": f"the image credits{f' of the interview with {people}' if people else ''}",
        "empty": "no question",
    }[question.kind]
    return asked + (f", only in {listed([title(name) for name in question.interviews])}" if question.interviews else "")


def verdict(found: Answer, *, everyone: Sequence[str], interviews: int) -> str:
    """Say whether anybody said it, and who; nothing where the quotes say it all.

    ``everyone`` are all who answer in the collection, and ``interviews`` is how many it holds.
    """
    if found.understood.kind == "empty":
        return "There are no words in this question. Ask in a few words, such as: who talks about money?"
    if found.understood.strangers:
        strangers = listed(found.understood.strangers, "or")
        return f"Nobody called {strangers} is interviewed here. Those who are: {listed(everyone)}."
    if not found.said:
        return nobody(found.understood, interviews=interviews)
    if found.understood.kind in ("contact", "credits"):
        return "Printed with the interview:"
    if found.understood.kind == "who":
        talk = count(len(found.speakers), "person talks", "people talk")
        return f"{talk} about this: {listed(found.speakers)}."
    return ""


def nobody(question: Understood, *, interviews: int, title: Callable[[str], str] = str) -> str:
    """That nothing was found, and where it was looked for."""
    listing = listed([title(name) for name in question.interviews])
    if question.kind in ("contact", "credits"):
        what = "contact details" if question.kind == "contact" else "image credits"
        whose = f" of {listed(question.speakers)}" if question.speakers else ""
        return f"There are no {what}{whose} in {listing or _all(interviews)}."
    if not question.speakers:
        return f"Nobody in {listing or _all(interviews)} says that."
    do = "do" if len(question.speakers) > 1 else "does"
    return f"{listed(question.speakers)} {do} not say that{f' in {listing}' if listing else ''}."


def _all(interviews: int) -> str:
    return "this interview" if interviews == 1 else f"these {interviews:,} interviews"
