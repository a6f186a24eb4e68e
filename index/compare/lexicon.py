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

COMMON_WORDS = words(
    """
    able accord according act action add added addition ago agree allow already amid announce
    announced area ask asked away back based become began begin believe best better big bring
    call called came case cause change city claim clear close come coming comment concern
    condition confirm continue continued country current currently day decide decision deputy
    despite different due early earlier effort end ensure event expect expected explain face fact
    far feel figure final find first five follow following force former found four full future
    gave general get give given go going good government great group half hand hard head held help
    high hold home hope hour hundred important include including increase indeed information
    interview issue keep key kind know known large largest last late later latest lead leader
    leading leave led left less let level life like likely line list little live local long longer
    look lot low made main major make making man many matter mean meanwhile measure media meet
    meeting member men message million minister moment monday month morning move name nation
    national near need new news next night number offer office officer official old one open order
    part particular party past people person place plan play point position possible present
    president press previous problem process public put question quite reach read ready real really
    reason receive recent recently region release released remain report reported reporter
    represent response result return right role run saturday second secretary see seen senior sense
    set several show shown side sign similar situation small social source special spokesman
    spokesperson spokeswoman staff stand start state stated statement step still stop story strong
    sunday support sure system take talk team tell ten term thing think third thousand three
    thursday time today together told tomorrow took top tuesday turn two use used various view want
    warn way wednesday week weekend well went whole win woman women word work world wrote year
    yesterday young friday
    """
)
"""Words that two reports share by chance more than by subject, folded."""

COUNTRY_OF = {
    "u.s": "us", "usa": "us", "america": "us", "american": "us", "americans": "us",
    "washington": "us",
    "british": "uk", "britain": "uk", "briton": "uk", "britons": "uk",
    "european": "europe", "europeans": "europe", "eu": "europe",
    "afghan": "afghanistan", "afghans": "afghanistan",
    "argentine": "argentina", "argentinian": "argentina",
    "australian": "australia", "australians": "australia", "austrian": "austria",
    "belgian": "belgium", "brazilian": "brazil", "brazilians": "brazil",
    "canadian": "canada", "canadians": "canada", "chilean": "chile",
    "chinese": "china", "colombian": "colombia", "cuban": "cuba", "cubans": "cuba",
    "danish": "denmark", "dutch": "netherlands", "egyptian": "egypt", "egyptians": "egypt",
    "ethiopian": "ethiopia", "finnish": "finland", "french": "france",
    "german": "germany", "germans": "germany", "greek": "greece", "greeks": "greece",
    "haitian": "haiti", "hungarian": "hungary",
    "indian": "india", "indians": "india", "indonesian": "indonesia",
    "iranian": "iran", "iranians": "iran", "iraqi": "iraq", "iraqis": "iraq",
    "irish": "ireland", "israeli": "israel", "israelis": "israel",
    "italian": "italy", "italians": "italy", "japanese": "japan",
    "jordanian": "jordan", "kenyan": "kenya", "kurdish": "kurd", "kurdistan": "kurd",
    "kuwaiti": "kuwait", "lebanese": "lebanon", "libyan": "libya", "libyans": "libya",
    "mexican": "mexico", "mexicans": "mexico", "moroccan": "morocco",
    "nigerian": "nigeria", "nigerians": "nigeria", "norwegian": "norway",
    "pakistani": "pakistan", "pakistanis": "pakistan",
    "palestinian": "palestine", "palestinians": "palestine", "filipino": "philippines",
    "polish": "poland", "portuguese": "portugal", "qatari": "qatar", "romanian": "romania",
    "russian": "russia", "russians": "russia", "saudi": "saudi", "saudis": "saudi",
    "scottish": "scotland", "somali": "somalia", "somalis": "somalia", "spanish": "spain",
    "sudanese": "sudan", "swedish": "sweden", "swiss": "switzerland",
    "syrian": "syria", "syrians": "syria", "taiwanese": "taiwan", "thai": "thailand",
    "tunisian": "tunisia", "turkish": "turkey", "turks": "turkey",
    "ukrainian": "ukraine", "ukrainians": "ukraine", "venezuelan": "venezuela",
    "vietnamese": "vietnam", "yemeni": "yemen", "yemenis": "yemen",
}  # fmt: skip
"""The folded names of peoples, and other names of countries, with the country."""

SAME_WORD = COUNTRY_OF | {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "aug": "august",
    "sept": "september", "sep": "september", "oct": "october", "nov": "november",
    "dec": "december",
    "die": "kill", "died": "kill", "dead": "kill", "deadly": "kill", "death": "kill",
    "deaths": "kill", "slain": "kill", "murdered": "kill", "fatal": "kill",
    "fatality": "kill", "fatalities": "kill", "assassinated": "kill", "assassination": "kill",
    "wounded": "injure", "wounding": "injure", "hurt": "injure", "injury": "injure",
    "injuries": "injure", "troops": "soldier", "troop": "soldier", "serviceman": "soldier",
    "servicemen": "soldier", "retaliate": "retaliate", "retaliatory": "retaliate",
    "retaliation": "retaliate", "quake": "earthquake", "tremor": "earthquake",
    "children": "child", "women": "woman", "men": "man", "kids": "child", "percent": "%",
    "plane": "aircraft", "jet": "aircraft", "airplane": "aircraft", "aeroplane": "aircraft",
    "cops": "police", "policeman": "police", "policemen": "police",
    "lawmaker": "legislator", "lawmakers": "legislator", "legislators": "legislator",
    "widespread": "wide", "wideranging": "wide", "weapons": "weapon", "arms": "weapon",
    "struck": "strike", "shot": "shoot", "fought": "fight",
    "resumption": "resume", "withdrew": "withdraw", "withdrawal": "withdraw",
    "suspension": "suspend", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "hundred": "100",
}  # fmt: skip
"""Folded words that mean what another does in news: peoples and their countries, short months,
irregular forms, numbers in words."""
