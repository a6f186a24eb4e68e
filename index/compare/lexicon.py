"""Word lists of English news: what carries no content, what says the same, what counts."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Gives the words of a list written as one text."""
    return frozenset(text.split())


STOP_WORDS = words(
    """
    a about above after again against all also although am among an and another any are around as
    at be because been before being below between both but by can could did do does doing down
    during each either even ever every few for from further had has have having he her here hers
    herself him himself his how however i if in into is it its itself just may me might more most
    much must my myself neither no nor not now of off on once only or other our ours ourselves out
    over own per same shall she should since so some still such than that the their theirs them
    themselves then there these they this those though through to too toward under until up upon
    very was we were what when where whether which while who whom whose why will with within
    without would yet you your yours yourself arent cant couldnt didnt doesnt dont hadnt hasnt
    havent hed hes ill im isnt ive shed shes shouldnt thats theres theyd theyll theyre theyve
    wasnt weve werent whats whos wont wouldnt youd youll youre youve say said saying says told mr
    mrs ms
    """
)
"""Function words, and the words with which news attributes, folded. `us` is not among them: in
the news it is most often a country."""
