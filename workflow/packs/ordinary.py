"""Words that a scan knows: what is no name, how names are shortened, and what titles and places are called."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Begin sentences, or stand in names as well as in any text.
ORDINARY = _words(
    "a about after again all allergies also although always am an and another any apart apgar april are as at "
    "attempts august aunt aware be because bed been before being bereavement birth bloods both breathing brother but "
    "by call called can care carer cause child children clear clinical concerns consultant contact could cousin cpr "
    "crew current currently dad day death december despite details did discharge do doctor doctors does due during "
    "each early either emergency ended every everyone examination faith family father february feed feeds felt few "
    "first following for former found friday from full further gave general given good grace grandfather grandmother "
    "grandparents growth had has have having he health heart her here high him his history home hope hospital hours "
    "household housing how however i if ill in infant is issues it its january joy july june just king last later "
    "left life like little long looked love low march mark may maybe medical meeting mental midwife midwives might "
    "monday mother multiple mum my nan neither next night no nobody none nor normal not notes nothing november now "
    "nurse nurses obs october of off old on once one only or other our out outcome over page paramedics parent "
    "parents past patient people per perhaps placed please police poor post present previous previously professionals "
    "rang regular reports respiratory rest review rose routine safe said sats saturday school seen september several "
    "severe she short sibling siblings significant since sister six sleep sleeping small so social some somebody son "
    "soon staff still sudden summary summer sunday support surgery symptoms teachers team temperature than that the "
    "their then there therefore these they things this those three throughout thursday time to today took toxicology "
    "transferred tuesday twice two unable uncle under until up us very ward was we wednesday week weight well went "
    "were what when where whether which while who why will with within without work workers would yesterday yet you "
    "young"
)
# Of these the ones that are also somebody’s name: inside a sentence a capital makes them one.
ALSO_NAMES = _words(
    "dick faith grace heart hope joy just king little long love low mark may page poor rich rose ward will young"
)
NO_NAMES = _words("above dad father mother mum n na parent parents see staff tba")
# What ordinary words end in, where a sentence begins with one.
ENDINGS = ("tion", "sion", "ing", "ed", "ly", "ment", "ity", "ology", "osis", "itis", "aemia", "ness", "ance", "ence",
           "ics", "ical", "ation", "graphy", "otomy")  # fmt: skip
PARTICLES = _words("al bin bint da de del della den der di dos du el ibn la le of san st ten ter van von y")
# Written with a capital in any letter about a child, and no name.
CAPITALS = _words(
    "accident addressed african agency ambulance arabic asian assessment bank bengali book british caesarean camhs "
    "card care catholic centre children christian christmas church clinic committee community coroner council court "
    "covid department easter ecg education eeg emergency english form foundation french friday gp health hindu home "
    "hospice hospital hv icb indian jar jewish lead monday mri muslim nhs nicu northern nurse nursery office "
    "paediatric pakistani panel paramedic partnership picu plan police polish practice pregnancy primary protection "
    "punjabi red referral registrar review romanian royal safeguarding saturday school secondary section service "
    "services sikh social southern spanish spo sunday surgery team thursday trust tuesday ultrasound unit university "
    "urdu uti ward wednesday welsh"
)
# Left out of the name of a place, what is left tells which one it is.
GENERIC = CAPITALS | PARTICLES | _words(
    "the academy and avenue close college court crescent cottage drive flat gardens green grove hill house infants "
    "infirmary junior lane medical north south east west park place pre road row square street terrace view way "
    "junction walk children childrens primaries county general infant for"
)  # fmt: skip
STREETS = (
    r"street|st|road|rd|avenue|ave|lane|ln|close|cl|drive|dr|way|crescent|cres|court|ct|gardens|gdns|grove|place|pl|"
    r"terrace|hill|row|walk|square|sq|mews|rise|green|park"
)
SHORT_STREETS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "cres": "crescent", "ct": "court", "gdns": "gardens", "pl": "place", "sq": "square", "saint": "st",
}  # fmt: skip
NICKNAMES = [
    _words(names)
    for names in (
        "abigail abby abi gail", "albert bert bertie", "alexander alexandra alex sandy sasha", "alfred alf alfie fred",
        "amelia millie amy", "andrew andy drew", "anthony tony ant", "benjamin ben benji", "catherine katherine "
        "kathryn kate katie cathy kathy kat", "charles charlotte charlie chaz lottie", "christopher christine "
        "christina chris kris tina", "daniel danielle dan danny dani", "david dave davey", "deborah debbie deb",
        "dorothy dot dottie", "edward ed eddie ted teddy ned", "eleanor ellie nell nellie nora", "elizabeth liz lizzie "
        "beth betty eliza libby lilibet bess", "emily em emmy", "florence flo florrie flossie", "frances francis "
        "francesca fran frankie frank", "frederick fred freddie", "gabriel gabrielle gabe gabby", "george georgie "
        "georgia georgina", "harold harry hal", "henry harry hank", "isabella isabelle isobel izzy bella belle",
        "jacob jake", "james jim jimmy jamie", "jennifer jenny jen", "jessica jess jessie", "john jack johnny jonny",
        "jonathan jon jonny", "joseph josephine joe joey jo josie", "joshua josh", "katherine kitty", "lawrence larry "
        "laurie", "leonard len lenny leo", "madeleine maddie maddy", "margaret maggie meg peggy daisy rita",
        "mary molly polly", "matthew matt matty", "michael mike mick mickey mikey", "mohammed muhammad mohammad "
        "mohamed mohamad muhammed mo", "nathaniel nathan nate nat", "nicholas nicola nick nicky", "oliver olivia ollie "
        "olly liv livvy", "patrick patricia pat paddy trish tricia", "peter pete", "philip phil pip", "rebecca becky "
        "becca bex", "richard rick ricky dick rich richie", "robert rob robbie bob bobby bert", "samuel samantha sam "
        "sammy", "sarah sally sadie", "stephen steven steve stevie", "susan sue susie", "theodore theodora theo ted "
        "teddy", "theresa terri tess tessa", "thomas tom tommy thom", "timothy tim timmy", "victoria vicky tori",
        "vincent vince vinny", "walter wally walt", "william bill billy will willy liam", "zachary zach zac zak",
    )
]  # fmt: skip
DOCTOR, NURSE, OFFICER, SOMEBODY = "the doctor", "the nurse", "the police officer", "[name]"
TITLES = {
    "dr": DOCTOR, "doctor": DOCTOR, "prof": DOCTOR, "professor": DOCTOR, "nurse": NURSE, "matron": NURSE,
    "sister": NURSE, "midwife": "the midwife", "pc": OFFICER, "dc": OFFICER, "ds": OFFICER, "di": OFFICER,
    "dci": OFFICER, "sgt": OFFICER, "sergeant": OFFICER, "detective": OFFICER, "constable": OFFICER,
    "inspector": OFFICER, "mr": SOMEBODY, "mrs": SOMEBODY, "ms": SOMEBODY, "miss": SOMEBODY, "mx": SOMEBODY,
    "sir": SOMEBODY, "lady": SOMEBODY, "rev": SOMEBODY, "reverend": SOMEBODY, "imam": SOMEBODY, "baby": "the child",
    "master": "the child",
}  # fmt: skip
# Of several people with one family name, whom a title means.
MEANT_BY = {"mr": "the father", "mrs": "the mother", "ms": "the mother", "miss": "the mother"}
MEANT_BY |= {"baby": "the child", "master": "the child"}
