"""Questions as journalists, oral historians, UX researchers and readers of minutes type them, and what each asks."""

from dataclasses import dataclass, replace

from rag.people import People
from rag.records import QuestionKind, Sought

CAIYU, SITONG, WEIQI = "Caiyu Song", "Sitong Cao", "Weiqi Cai"
SEEDS = People([CAIYU, SITONG, WEIQI])
MEETING = People(
    ["Grad F", "Grad C", "PhD A", "Professor C", "Speaker 1", "Speaker 2", "Project Manager", "User Interface",
     "Marketing", "Kirsty Williams AM", "Suzy Davies AM", "Dr. Hannah Lee", "Josh Lerner"]
)  # fmt: skip
WORDS = People(["Grace Long", "Mark Hope", "Will Marsh", "May Rose", "Art Song"])


@dataclass(frozen=True)
class Phrasing:
    """One question, asked of ``people``, and all that it should be understood to mean."""

    question: str
    kind: QuestionKind
    topic: str
    speakers: tuple[str, ...] = ()
    sought: Sought = "said"
    negated: bool = False
    excluded: tuple[str, ...] = ()
    people: People = SEEDS


def everybody(*rows: tuple[str, QuestionKind, str]) -> list[Phrasing]:
    """Questions that name nobody."""
    return [Phrasing(*row) for row in rows]


def weiqi(*rows: tuple[str, QuestionKind, str]) -> list[Phrasing]:
    """Questions about Weiqi alone."""
    return [Phrasing(*row, (WEIQI,)) for row in rows]


def seeking(sought: Sought, *rows: tuple[str, QuestionKind, str, str | None]) -> list[Phrasing]:
    """Questions for something else than what was said."""
    return [Phrasing(text, kind, topic, (name,) if name else (), sought) for text, kind, topic, name in rows]


def negative(*rows: tuple[str, QuestionKind, str, bool]) -> list[Phrasing]:
    """Questions in which a negative word stands, which makes them negative or not."""
    return [Phrasing(text, kind, topic, negated=negated) for text, kind, topic, negated in rows]


WHO = everybody(
    ("who talks about money", "who", "money"),
    ("Who here has worked on a documentary?", "who", "has worked on a documentary"),
    ("anyone who went to film school?", "who", "went to film school"),
    ("anybody here from China?", "who", "from China"),
    ("is there anybody that talks about burnout?", "who", "burnout"),
    ("Is there anyone who taught themselves to edit?", "who", "taught themselves to edit"),
    ("are there any guests who grew up by the sea?", "who", "grew up by the sea"),
    ("which filmmakers talk about funding?", "who", "funding"),
    ("Which of the guests had a day job", "who", "had a day job"),
    ("which of them speaks about their parents?", "who", "their parents"),
    ("which participants said that the app was confusing", "who", "the app was confusing"),
    ("have any of them won a prize?", "who", "won a prize"),
    ("do any of the interviewees discuss imposter syndrome?", "who", "imposter syndrome"),
    ("I'm looking for someone who left a career in finance", "who", "left a career in finance"),
    ("I am looking for somebody who talks about being self-taught", "who", "being self-taught"),
    ("could you please tell me who talks about loneliness?", "who", "loneliness"),
    ("Find me people who struggled with rejection", "who", "struggled with rejection"),
    ("list everyone who talks about their mother", "who", "their mother"),
    ("Name all the speakers who learned an instrument", "who", "learned an instrument"),
    ("who talks about talking to strangers?", "who", "talking to strangers"),
    ("who describes describing?", "who", "describing"),
    ("who speaks Chinese?", "who", "speaks Chinese"),
    ("who talks to strangers", "who", "talks to strangers"),
    ("who feels lonely on set?", "who", "feels lonely on set"),
    ("Who says they are tired of festivals?", "who", "they are tired of festivals"),
    ("who believes that art can heal?", "who", "art can heal"),
    ("who reflects on ageing?", "who", "ageing"),
    ("who tells stories about home", "who", "tells stories about home"),
    ("who was both a writer and a director?", "who", "was both a writer and a director"),
    ("has any one of them lived abroad", "who", "lived abroad"),
    ("hi, who talks about grief? thanks!", "who", "grief"),
    ("wich of them talks abuot lonelines?", "who", "lonelines"),
    ("who tlaks about money", "who", "money"),
    ("who can't stop talking about festivals?", "who", "festivals"),
    ("Who asks for better pay?", "who", "asks for better pay"),
    ("what makes everyone happier?", "what", "what makes everyone happier"),
)

WHAT = everybody(
    ("What was said about arts education?", "what", "arts education"),
    ("what's been said about streaming platforms", "what", "streaming platforms"),
    ("what do people think about test screenings?", "what", "test screenings"),
    ("What was the discussion on the budget?", "what", "the budget"),
    ("Summarize the discussion about the remote control", "what", "the remote control"),
    ("summarise what was said about curriculum reform", "what", "curriculum reform"),
    ("What did the group discuss about battery life?", "what", "battery life"),
    ("what did the team think about the new logo?", "what", "the new logo"),
    ("give me all the quotes where they talk about trust", "what", "trust"),
    ("Find all passages in which people talk about failure", "what", "failure"),
    ("show me the bits about childhood", "what", "childhood"),
    ("list the moments where someone mentions being afraid", "what", "being afraid"),
    ("I need a quote about perseverance", "what", "perseverance"),
    ("i'd like some good quotes on teamwork please", "what", "teamwork"),
    ("do we have anything on burnout?", "what", "burnout"),
    ("anything about grandmothers in there?", "what", "grandmothers"),
    ("Is there anything in the interviews about sound design?", "what", "sound design"),
    ("got anything on rejection", "what", "rejection"),
    ("I want to know what they say about rhythm", "what", "rhythm"),
    ("tell me what people think about AI", "what", "AI"),
    ("waht do they say abuot grief", "what", "grief"),
    ("onboarding pain points", "what", "onboarding pain points"),
    ("describe the editing process", "what", "describe the editing process"),
    ("parts where they discuss pricing", "what", "pricing"),
    ("what does she say about quotes", "what", "quotes"),
    ("views on immigration", "what", "immigration"),
    ("thoughts about the welfare reform?", "what", "the welfare reform"),
    ("What are the opinions on tuition fees?", "what", "tuition fees"),
    ("how do they feel about critics?", "what", "critics"),
    ("When the speakers were talking about the war, what did they say?", "what", "the war"),
    ("When it comes to money, what do they say?", "what", "money"),
    ("What does Canada mean to her?", "what", "What does Canada mean to her"),
    ("does Sundance matter?", "what", "does Sundance matter"),
    ("what does art say about society?", "what", "what does art say about society"),
    ("how many nodes run as pruned nodes?", "what", "how many nodes run as pruned nodes"),
    ("soft fork versus hard fork", "what", "soft fork versus hard fork"),
    ("¿qué dicen sobre el duelo?", "what", "¿qué dicen sobre el duelo"),
    ("Was sagt man über Trauer?", "what", "Was sagt man über Trauer"),
    ("qui parle du deuil ?", "what", "qui parle du deuil"),
)

ABOUT_ONE = weiqi(
    ("What's Weiqi's take on film festivals?", "what", "film festivals"),
    ("what is weiqi's opinion about streaming", "what", "streaming"),
    ("What is Weiqi Cai's stance on AI?", "what", "AI"),
    ("What's the view of Weiqi on animation?", "what", "animation"),
    ("Weiqi's thoughts on collaboration", "what", "collaboration"),
    ("did Weiqi ever say anything about her father?", "what", "her father"),
    ("Did Weiqi say about grief", "what", "grief"),
    ("has Weiqi got anything to say on distribution?", "what", "distribution"),
    ("Does Weiqi have anything to say about money?", "what", "money"),
    ("Weiqi on grief", "what", "grief"),
    ("Weiqi: grief", "what", "grief"),
    ("grief, Weiqi", "what", "grief"),
    ("grief (weiqi)", "what", "grief"),
    ("How does Weiqi describe her childhood?", "what", "her childhood"),
    ("where does Weiqi talk about hospital?", "what", "hospital"),
    ("find the part where Weiqi talks about being sick", "what", "being sick"),
    ("show me quotes by Weiqi about home", "what", "home"),
    ("I need a quote from Weiqi on memory", "what", "memory"),
    ("according to Weiqi, what makes a good film?", "what", "what makes a good film"),
    ("what did Weiqi think of live action when discussing animation?", "what", "live action when discussing animation"),
    ("What did Weiqi say when she was talking about illness?", "what", "illness"),
    ("When Weiqi was talking about illness, what did she say?", "what", "illness"),
    ("regarding grief, what does Weiqi say?", "what", "grief"),
    ("pls show me what weiqi thinks abt festivals", "what", "festivals"),
    ("What was Weiqi's opinion on crews?", "what", "crews"),
    ("Weiqi talks about grief, doesn't she?", "what", "grief"),
    ("What does Weiqi feel about critics", "what", "critics"),
    ("Can you find what Weiqi had to say about mentors?", "what", "mentors"),
    ("Tell me everything Weiqi says about light", "what", "light"),
    ("Didn't Weiqi say something about ghosts?", "what", "ghosts"),
)

SEVERAL = [
    Phrasing("what do they all say about challenges?", "compare", "challenges"),
    Phrasing("What does everyone think about AI?", "compare", "AI"),
    Phrasing("what do all three say about festivals", "compare", "festivals"),
    Phrasing("What does each of them say about failure?", "compare", "failure"),
    Phrasing("how do their views on distribution differ?", "compare", "distribution"),
    Phrasing("where do their opinions on streaming diverge", "compare", "streaming"),
    Phrasing("compare the guests on money", "compare", "money"),
    Phrasing("compare views on immigration", "compare", "immigration"),
    Phrasing("do they agree on funding?", "compare", "funding"),
    Phrasing("compare Weiqi and Sitong on audiences", "compare", "audiences", (WEIQI, SITONG)),
    Phrasing("both Weiqi & Caiyu on family", "compare", "family", (WEIQI, CAIYU)),
    Phrasing("What do Weiqi, Caiyu or Sitong say about luck?", "compare", "luck", (WEIQI, CAIYU, SITONG)),
    Phrasing("how do Weiqi and Caiyu differ on family?", "compare", "family", (WEIQI, CAIYU)),
    Phrasing("what do weiqi and caiyu have in common when it comes to family", "compare", "family", (WEIQI, CAIYU)),
    Phrasing("Weiqi's and Caiyu's views on money", "compare", "money", (WEIQI, CAIYU)),
    Phrasing("what does Weiqi say about Sitong?", "what", "Sitong", (WEIQI,)),
    Phrasing("who else talks about Caiyu's films?", "who", "Caiyu's films"),
    Phrasing("who mentions Weiqi?", "who", "Weiqi", sought="mentioned"),
    Phrasing("what does everyone except Weiqi say about grief?", "compare", "grief", excluded=(WEIQI,)),
    Phrasing("who besides Caiyu talks about unlearning?", "who", "unlearning", excluded=(CAIYU,)),
    Phrasing("other than Sitong, who studied finance?", "who", "studied finance", excluded=(SITONG,)),
    Phrasing("does anyone but Weiqi mention Canada?", "who", "Canada", sought="mentioned", excluded=(WEIQI,)),
    Phrasing("who talks about grief apart from Weiqi and Caiyu", "who", "grief", excluded=(WEIQI, CAIYU)),
    Phrasing("Song Caiyu on unlearning", "what", "unlearning", (CAIYU,)),
]

COUNTED = [
    Phrasing("how many of them studied something else first?", "count", "studied something else first"),
    Phrasing("how many people mention Sundance", "count", "Sundance", sought="mentioned"),
    Phrasing("count the speakers who moved abroad", "count", "moved abroad"),
    Phrasing("How many participants talked about the price?", "count", "the price"),
    Phrasing("in how many interviews does Canada come up?", "count", "Canada", sought="mentioned"),
    Phrasing("what percentage of participants found it confusing?", "count", "found it confusing"),
    Phrasing("How many never went to film school?", "count", "never went to film school", negated=True),
    Phrasing("how many were asked about money?", "count", "money", sought="asked"),
    Phrasing("number of guests who have children", "count", "have children"),
]

MENTIONED = seeking(
    "mentioned",
    ("who mentions Canada?", "who", "Canada", None),
    ("does anyone name Sundance?", "who", "Sundance", None),
    ("Does anybody refer to Tarkovsky", "who", "Tarkovsky", None),
    ("in which interviews does Sundance come up?", "who", "Sundance", None),
    ("in which interviews is Netflix mentioned?", "who", "Netflix", None),
    ("which interviews mention the pandemic", "who", "the pandemic", None),
    ("where is Netflix mentioned?", "what", "Netflix", None),
    ("is the pandemic mentioned anywhere?", "what", "the pandemic", None),
    ("does Covid come up at all?", "what", "Covid", None),
    ("who brings up their divorce?", "who", "their divorce", None),
    ("does Weiqi mention Canada?", "what", "Canada", WEIQI),
    ("who has mentioned Cannes", "who", "Cannes", None),
    ("who mentoins Canada", "who", "Canada", None),
)

ASKED = [
    *seeking(
        "asked",
        ("who was asked about unlearning?", "who", "unlearning", None),
        ("what was Caiyu asked about parents?", "what", "parents", CAIYU),
        ("which guests were asked whether they regret anything", "who", "they regret anything", None),
        ("was anyone asked about funding?", "who", "funding", None),
        ("Was Weiqi asked about her illness?", "what", "her illness", WEIQI),
        ("what did Weiqi answer when asked about illness?", "what", "illness", WEIQI),
        ("when asked about illness, what did Weiqi say?", "what", "illness", WEIQI),
        ("How did Sitong respond when asked about producing?", "what", "producing", SITONG),
        ("who did the interviewer ask about money?", "who", "money", None),
    ),
    *seeking(
        "asker",
        ("who asked about unlearning?", "who", "unlearning", None),
        ("what did the interviewer ask about money?", "what", "money", None),
        ("What does the host ask about childhood", "what", "childhood", None),
        ("which questions were asked about festivals?", "what", "festivals", None),
        ("what questions did they ask about AI", "what", "AI", None),
        ("were there any questions about salary?", "what", "salary", None),
        ("what did the interviewer ask Weiqi about illness?", "what", "illness", WEIQI),
        ("did the moderator ask about the budget?", "what", "the budget", None),
        ("list the questions about distribution", "what", "distribution", None),
        ("who asks whether art can heal", "who", "art can heal", None),
    ),
]

NEGATIVE = negative(
    ("who never went to film school?", "who", "never went to film school", True),
    ("who did not study film?", "who", "did not study film", True),
    ("who hasn't made a feature yet", "who", "hasn't made a feature yet", True),
    ("who has no formal training?", "who", "has no formal training", True),
    ("who isn’t from China", "who", "isn’t from China", True),
    ("nobody regrets it?", "who", "regrets it", True),
    ("is there anyone who didn't like the redesign?", "who", "didn't like the redesign", True),
    ("which of them no longer works in film", "who", "no longer works in film", True),
    ("who says they do not watch television", "who", "they do not watch television", True),
    ("who never talks about money?", "who", "money", True),
    ("who disagrees with the jury?", "who", "disagrees with the jury", False),
    ("who talks about not sleeping?", "who", "not sleeping", False),
    ("who learned to say no?", "who", "learned to say no", False),
    ("doesn't anyone talk about rent?", "who", "rent", False),
    ("isn't there anyone who talks about rent?", "who", "rent", False),
    ("who is not only a writer but also a director?", "who", "is not only a writer but also a director", False),
    ("who can't wait to shoot again?", "who", "can't wait to shoot again", False),
    ("does anyone say whether or not they were paid", "who", "whether or not they were paid", False),
    ("who talks about deals that never happened", "who", "deals that never happened", False),
)

LABELS = [
    replace(Phrasing(*row), people=MEETING)
    for row in (
        ("What did Grad F think about the recognizer?", "what", "the recognizer", ("Grad F",)),
        ("what did grad c say about transcripts", "what", "transcripts", ("Grad C",)),
        ("What was PhD A's opinion on disk space?", "what", "disk space", ("PhD A",)),
        ("What did Professor C think of the schedule?", "what", "the schedule", ("Professor C",)),
        ("what does speaker 2 say about trains", "what", "trains", ("Speaker 2",)),
        ("What does the project manager say about the budget?", "what", "the budget", ("Project Manager",)),
        ("What did User Interface think about buttons?", "what", "buttons", ("User Interface",)),
        ("what was said about the user interface?", "what", "the user interface", ()),
        ("who talks about the user interface?", "who", "the user interface", ()),
        ("What did Marketing say about colours?", "what", "colours", ("Marketing",)),
        ("who talks about marketing?", "who", "marketing", ()),
        ("What did Kirsty Williams AM say about exams?", "what", "exams", ("Kirsty Williams AM",)),
        ("what am I missing about exams?", "what", "what am I missing about exams", ()),
        ("What did Dr. Lee say about sleep?", "what", "sleep", ("Dr. Hannah Lee",)),
        ("J. Lerner on patents", "what", "patents", ("Josh Lerner",)),
        ("what does JLerner say about patents", "what", "patents", ("Josh Lerner",)),
        ("Did Grad F and PhD A agree on the microphones?", "compare", "the microphones", ("Grad F", "PhD A")),
    )
]  # fmt: skip

WORD_NAMES = [
    replace(Phrasing(*row), people=WORDS)
    for row in (
        ("What does Will think about money?", "what", "money", ("Will Marsh",)),
        ("Will they regret it?", "what", "Will they regret it", ()),
        ("what will they do next", "what", "what will they do next", ()),
        ("may I see quotes about hope?", "what", "hope", ()),
        ("Grace on prayer", "what", "prayer", ("Grace Long",)),
        ("who talks about grace under pressure?", "who", "grace under pressure", ()),
        ("what does mark say about school", "what", "school", ("Mark Hope",)),
        ("who left a mark on them?", "who", "left a mark on them", ()),
        ("how long did it take", "what", "how long did it take", ()),
        ("grace long on faith", "what", "faith", ("Grace Long",)),
        ("Will's views on trust", "what", "trust", ("Will Marsh",)),
    )
]

SILENT = [
    Phrasing("who never mentions money?", "who", "money", sought="mentioned", negated=True),
    Phrasing("does nobody mention the strike?", "who", "the strike", sought="mentioned", negated=True),
]

LATER = [
    *everybody(
        ("Where in the interviews does anyone talk about loneliness?", "what", "loneliness"),
        ("pull quotes about ageing", "what", "ageing"),
        ("Was there any discussion of lighting?", "what", "lighting"),
        ("I want quotes about hope", "what", "hope"),
        ("hello! I was wondering if anyone talks about dreams", "who", "dreams"),
        ("in what interviews do people talk about Canada?", "who", "Canada"),
        ("who's talking about AI?", "who", "AI"),
        ("Who, if anyone, talks about failure?", "who", "failure"),
    ),
    *weiqi(
        ("How often does Weiqi speak about her grandmother?", "what", "her grandmother"),
        ("Weiqi's quotes about grief", "what", "grief"),
        ("what are some quotes about grief by Weiqi", "what", "grief"),
        ("what was Weiqi's reaction to the diagnosis?", "what", "the diagnosis"),
        ("Summarize what Weiqi said about noise", "what", "noise"),
        ("tell me about Weiqi", "what", "tell me about"),
        ("who is Weiqi?", "what", "who is"),
    ),
    *seeking(
        "mentioned",
        ("Any mention of Berlin?", "what", "Berlin", None),
        ("interviews mentioning Canada", "who", "Canada", None),
        ("How often does Weiqi mention Canada?", "what", "Canada", WEIQI),
    ),
    *seeking("asker", ("what was asked about grief?", "what", "grief", None)),
    Phrasing("which speakers were not asked about money?", "who", "money", sought="asked", negated=True),
    Phrasing("everyone but Caiyu on money", "compare", "money", excluded=(CAIYU,)),
]

ALL = [
    *LATER,
    *SILENT,
    *WHO,
    *WHAT,
    *ABOUT_ONE,
    *SEVERAL,
    *COUNTED,
    *MENTIONED,
    *ASKED,
    *NEGATIVE,
    *LABELS,
    *WORD_NAMES,
]
