"""What a magazine page carries between and behind the words of its people: captions, notes, related links, biographies.

Nobody in the conversation says any of it. Only wording is judged here; where a block stands is weighed elsewhere.
"""

import re

from rag.names import NAME

_LONGEST_NOTE = 400
_LONGEST_TITLE = 80

_CAPTION = re.compile(
    r"[(\[*_ ]*(?:(?:(?:fact|info)[ -]?)?box[ ]?[:–—-]|side ?bar[ ]?:|(?:photos?|photographs?|photography|images?|"
    r"pictures?|illustrations?|artwork|foto(?:s|grafie|"
    r"grafía)?|"
    r"bild(?:er)?|video|caption|header|main image|hero image)(?: (?:credits?|courtesy))?(?: (?:by|of|from|via|de|"
    r"von|di)\b|[ ]?[:©|/])|"
    r"(?:above|below|left|right|top|bottom|opposite|pictured|here)(?: (?:left|right|and|page))*: |"
    r"(?:courtesy|photographed|illustrated|all (?:photos|images)) (?:of|by|courtesy)\b|credit: |©)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"[(\[*_ ]*(?:(?i:(?:editor|author|ed|publisher|translator)s?(?:[’']s?)?\.? note\b|note: |updated?: |"
    r"this is (?:part|number|no\.|instal?lment|episode|the \w+) [\w-]{1,12} (?:of|in) |"
    r"(?:this|the|our|these|diese[sr]?|das|cette?|esta|questa) (?:\w+ )?(?:interview|conversation|transcript|text|"
    r"story|"
    r"article|piece|post|q&a|feature|gespräch|entrevista|intervista|entretien)s? .{0,60}"
    r"(?:edited|condensed|clarity|transcribed|translated|conducted|recorded|first published|originally|part of|appear|"
    r"gekürzt|geführt|editada|réalisé|recueilli|raccolta)|"
    r"(?:(?:lightly )?edited|condensed|transcribed|translated|reprinted|republished|originally published|reporting for|"
    r"as told to|filed under|posted (?:in|on|by)|published (?:in|on|by)|last updated|©|copyright\b|all rights "
    r"reserved)|"
    r"(?:tags?|topics?|categories): |propos recueillis|das (?:gespräch|interview) führte)|"
    rf"(?i:interview(?:ed)?|words|text|story|reporting|gespräch|texto|texte|testo|production|design|layout|entrevista)"
    rf"(?i:,? (?:and|&) (?:photos|photography|pictures|words|text|images))?"
    rf"(?i: by| conducted by|[ ]?:) (?:the )?{NAME})"
)
_LINKS = re.compile(
    r"[(\[*_→>» ]*(?:(?:read|see|watch|listen|learn|find out|discover|hear|visit|click) (?:more|also|next|here)\b|"
    r"(?:read|watch|listen to) the (?:full|rest|whole)\b|related(?: \w+)?:|next (?:week|month|time|up|issue)[*_]*:|"
    r"previously[*_]*:|"
    r"related (?:articles|stories|posts|reading|content|interviews|links)\b|more (?:conversations|interviews|"
    r"stories|articles|posts)\b|"
    r"more (?:from|on|about) [^.?!]{1,60}\Z|further (?:reading|listening)\b|you (?:may|might|can) also (?:like|"
    r"enjoy|read|be)\b|"
    r"también te puede|te puede interesar|mehr zum thema|lesen sie auch|à lire aussi|lire aussi|leggi anche|leia "
    r"também)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:subscribe|newsletter|sign up|sign-up|share this|leave a comment|follow us|join us|thanks for reading|"
    r"thank you for reading|get (?:it|them|new|our)\b.{0,40}\b(?:inbox|email|e-mail)|support (?:our|my|us)\b|donate|"
    r"donation|"
    r"we[’']re hiring|open roles|tickets? (?:from|are|at|available)|have a (?:tip|story)|suggest a|"
    r"in this (?:article|story|interview|piece|post)|would you like to be (?:next|featured)|want to (?:be|join|know|"
    r"work)|"
    r"want more|write to (?:us )?\S*@|e?-?mail us|is (?:published|available|out now|released) (?:by|in|from|on|now|at)|"
    r"is out now|buy (?:it|the book|tickets)|available (?:now|at|from)|part of (?:a|our) series)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[#*_\s\d.]*(?:conclusions?|(?:many )?thank(?:s| you)\b[^?]{0,60}|in conclusion|wrapping up|wrap[- ]?up|"
    r"closing (?:thoughts|words|remarks)|final "
    r"(?:thoughts|words)|"
    r"afterwords?|epilogue|postscript|p\.?s\.?|coda|credits?|acknowledge?ments?|sources?|references|resources|"
    r"links?|notes?|"
    r"footnotes|bibliography|further (?:reading|listening|information|links|viewing)|show notes|"
    r"(?:about|meet|who is|über|sobre|à propos) (?:the|our|this|den|die|el|la|de)\b.{0,50}|about (?:us|me)|"
    r"(?:related|recommended|latest|popular|similar|recent|other|more)\b.{0,60}|"
    r"you (?:may|might) (?:also )?(?:like|enjoy).{0,30}|read (?:next|more|also).{0,60}|see also|"
    r"keep (?:reading|in touch|up).{0,40}|stay (?:in touch|connected|tuned)|get (?:in touch|involved|tickets|the book)|"
    r"(?:find|follow|connect|contact|learn|support|visit|reach|hear|listen|watch|buy|where to find|join)\b[^.?!]{0,60}|"
    r"share(?: this)?.{0,40}|subscribe.{0,60}|newsletter|comments?|leave a (?:reply|comment)|tags|topics|fin|the "
    r"end|end|"
    r"das könnte (?:sie|dich|ihnen).{0,40}|auch interessant|weiterlesen|más en\b.{0,40}|también te puede.{0,40}|"
    r"(?:à )?lire aussi.{0,40}|d(?:ove|ónde) (?:trovar|encontrar)\w*.{0,20}|mehr (?:zum|von|dazu).{0,40}|fazit|"
    r"conclusión|conclusione|"
    r"kontakt|contacto|contatti)[:.*_\s]*",
    re.IGNORECASE,
)
_BIO = re.compile(
    rf"[*_(\[ ]*(?:{NAME})(?:[’']s\b.{{0,80}}?| \([^)]{{0,60}}\))?,? (?:is|was|are|writes|wrote|works|lives|"
    r"has|covers|teaches|hosts|contributes|edits|studies|blogs|reports|runs|ist|lebt|schreibt|est|vive|es|escribe|scrive)\b"
)
_TRADE = re.compile(
    r"\b(?:writer|writes|written|editor|journalist|reporter|author|contributor|contributing|columnist|photographer|"
    r"freelance|based in|lives (?:in|near|with|on)|correspondent|critic|blogger|producer|staff|this (?:magazine|"
    r"paper|blog|site)|"
    r"book|album|exhibition|film|show|website|published|publishes|released|opens|tour|covers|newsletter|"
    r"since [12]\d{3}|follow (?:her|him|them)|her work|his work|their work|journalistin|autor\w*|redak\w+|"
    r"periodista|giornalista)\b",
    re.IGNORECASE,
)
_ONLY_LINKS = re.compile(r"[-*•|,·\s]*+(?:!?\[[^\]\r\n]*\]\([^)\r\n]*\)[-*•.|,·\s]*+)+")
_BYLINE = re.compile(
    rf"[*_#—– ]*(?:(?i:by|von|por|par|di|de|words(?: by)?|text(?: by)?|story by|written by|reported by|author|autor|"
    rf"staff writer|posted by|photos? by)[ :]+(?i:the )?{NAME}.{{0,80}}|"
    rf"{NAME},? (?i:(?:\w+[ -]){{0,2}}(?:writer|editor|reporter|correspondent|contributor|columnist|journalist|"
    rf"photographer|editor-in-chief|intern|staff|blogger)))[*_ .]*"
)


def is_caption(words: str) -> bool:
    """Whether a block says what a picture shows or who made it."""
    return len(words) <= _LONGEST_NOTE and bool(_CAPTION.match(words))


def is_note(words: str) -> bool:
    """Whether a block is the editors': how the interview was made, a link to other pages, an invitation to readers."""
    if len(words) > _LONGEST_NOTE:
        return False
    return bool(_NOTE.match(words) or _LINKS.match(words) or _ONLY_LINKS.fullmatch(words))


def is_invitation(words: str) -> bool:
    """Whether a block invites readers to subscribe, buy, write or share; a guest may do so, too, but rarely last."""
    return len(words) <= _LONGEST_NOTE and bool(_INVITES.search(words))


def is_only_links(words: str) -> bool:
    """Whether a block is nothing but links, as an entry of a table of contents is."""
    return bool(_ONLY_LINKS.fullmatch(words))


def is_closing(words: str) -> bool:
    """Whether a heading closes the conversation, such as "Conclusion" or "About the author"."""
    return len(words) <= _LONGEST_TITLE and not words.endswith("?") and bool(_CLOSING.fullmatch(words))


def is_biography(words: str) -> bool:
    """Whether a block tells who its writer, or its guest, is and does."""
    return len(words) <= 2 * _LONGEST_NOTE and bool(_BIO.match(words) and _TRADE.search(words))


def is_byline(words: str) -> bool:
    """Whether a block only says who wrote the page."""
    return len(words) <= _LONGEST_TITLE * 2 and bool(_BYLINE.fullmatch(words))
