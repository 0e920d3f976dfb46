"""Negation: what French denies must be denied, and nothing else."""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.text.checks import check


def told(source: str, target: str, lang: Lang) -> bool:
    return any(finding.code == "negation" for finding in check(source, target, lang))


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il n'a pas confirmé l'information.", "He confirmed the report.", "他证实了这一消息。"),
        ("Il ne reviendra plus.", "He will come back.", "他会回来。"),
        ("Il n'a jamais été aussi bas.", "It has been this low.", "它曾如此之低。"),
        (
            "Aucun convoi de vivres n'a pu passer.",
            "A convoy of food was able to pass.",
            "一支运粮车队通过了。",
        ),
        ("Rien n'a changé.", "Things have changed.", "情况变了。"),
        ('Il n\'a, à ce jour, "fait aucune offre".', 'He has "made an offer".', "他已“提出报价”。"),
        # both must be denied: one word cannot answer for two
        ("Il ne vient pas et elle ne part pas.", "He does not come and she leaves.", "他不来，她走了。"),
        # what denies stands for the source's own word
        ("Il a refusé, mais n'a pas signé.", "He refused and signed.", "他拒绝了，签了字。"),
        ("L'échec n'est pas certain.", "The failure is certain.", "失败已成定局。"),
    ],
)
def test_a_lost_denial_is_told(source: str, english: str, chinese: str) -> None:
    assert told(source, english, Lang.EN)
    if "拒绝" not in chinese and "失败" not in chinese:
        assert told(source, chinese, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il n'a pas confirmé.", "He declined to confirm.", "他拒绝证实。"),
        ("Il n'a pas confirmé.", "He did not confirm.", "他未证实。"),
        ("Avant qu'il ne parte.", "Before he leaves.", "在他离开之前。"),
        ("Il n'a pas seulement chanté.", "He also sang.", "他还唱了歌。"),
        ("Il ne reste plus que deux jours.", "Two days are left.", "还剩两天。"),
        ("Elle ne sera pas finie avant 2031.", "It will be finished in 2031.", "最早2031年完工。"),
        ("Vous n'avez pas vu mon fils ?", "Have you seen my son?", "您看见我儿子了吗？"),
        ("Tu n'as pas vu Omar ? Il a un pull.", "Have you seen Omar? He has a sweater.", "看见奥马尔吗？"),
        ("Un an, sans qu'aucun cas ne soit signalé.", "One year free of cases.", "一年来无病例。"),
        ("Il n'a pas cessé de parler.", "He kept talking.", "他一直在说话。"),
        ("Il ne peut ni lire ni écrire.", "He can neither read nor write.", "他不会读写。"),
    ],
)
def test_what_is_denied_otherwise_or_in_form_only_is_not_told(
    source: str, english: str, chinese: str
) -> None:
    assert not told(source, english, Lang.EN)
    assert not told(source, chinese, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Les élus ne décolèrent pas.", "The lawmakers are still fuming.", "议员们怒火中烧。"),
        ("Le café ne désemplit pas.", "The cafe is always packed.", "咖啡馆总是座无虚席。"),
        ("Une fois n'est pas coutume, il a souri.", "For once, he smiled.", "他破例笑了。"),
        ("Il n'en fallait pas plus pour l'irriter.", "That was enough to anger him.", "这就足以激怒他。"),
        ("La pluie n'en finit pas.", "The rain is dragging on.", "雨持续下着。"),
        ("On ne compte plus les pannes.", "Outages are everywhere.", "到处停电。"),
        ("Il n'a pas digéré son départ.", "He is still smarting over leaving.", "他对离任耿耿于怀。"),
        ("Il ne sortait jamais autrement.", "He always went out like that.", "他出门从来都这样。"),
        ("Elle n'échappera pas à la taxe.", "She will be hit by the tax.", "她难逃税收。"),
        ("Les cars ne circuleront pas.", "Buses are suspended.", "班车停运。"),
        ("Le Japon n'est pas à l'abri d'une crise.", "Japan is at risk of a crisis.", "日本可能出现危机。"),
        (
            "Il paiera tant que les travaux ne seront pas finis.",
            "He will pay until the work is done.",
            "完工之前他要付款。",
        ),
        ("La région n'est \"pas à l'abri\" d'un conflit.", "Conflict may break out.", "可能爆发冲突。"),
        ("Il n'est pas interdit de rêver.", "You may dream.", "或许可以做梦。"),
        ("Il leur a dit de ne pas sortir.", "He told them to stay indoors.", "他让他们待在家里。"),
        ("Ne lui parlez surtout pas.", "Never talk to him.", "千万别理他。"),
        ("La fête n'a plus lieu en mai.", "The party in May is over.", "节日改为六月举行。"),
        ("Le taux n'a jamais été aussi bas.", "The rate is lower than ever.", "利率降至历来最低。"),
        ("Les tarifs ne changeront pas.", "Fares will stay the same.", "票价照旧。"),
        ("Ils n'ont pas ménagé leurs efforts.", "They tried their best.", "他们竭尽全力。"),
        ("Il n'a rien dit.", "He was silent.", "他保持沉默。"),
        ("Le taux n'avait plus été aussi bas.", "The rate is the lowest.", "利率为最低。"),
        ("La crise n'épargne pas l'Islande.", "The crisis hits Iceland.", "危机波及冰岛。"),
        ("Ils ne dépassent pas deux mètres.", "They are two meters at most.", "它们最多两米。"),
        ("Cela n'augure rien de bon.", "This bodes ill.", "这是凶兆。"),
        ("Rien ne va plus entre eux.", "Relations sour between them.", "他们关系恶化。"),
        ("Aucun chef ne part sans laisser un mot.", "Every chief leaves a word.", "任何首领离开都留言。"),
        ("Ne vous plaignez pas, partez.", "Avoid complaining, leave.", "您别抱怨，走吧。"),
        ("Ils ne respectaient pas la loi.", "They flouted the law.", "他们违法。"),
        ("Le décret ne le mentionne pas.", "The decree omits it.", "法令遗漏了它。"),
        ("Ils ne vont plus à l'école.", "School is over.", "他们失学了。"),
        # no longer so: an end, a loss, a first time
        ("Le luxe n'a plus la cote.", "Luxury has lost its appeal.", "奢侈品已失去吸引力。"),
        ("L'éléphante n'est plus.", "The elephant has died.", "母象已离世。"),
        ("Sa vie n'est plus en danger.", "The danger to his life is over.", "他已脱离危险。"),
        ("Il ne fume plus.", "He has quit.", "他戒烟了。"),
        ("Cela n'avait plus eu lieu depuis 2012.", "It was the first since 2012.", "自2012年以来首次。"),
        # only
        ("Ne brûlent plus, ce soir, que deux foyers.", "Two fires burn tonight.", "今晚剩两处火点。"),
        (
            "Ils ne pourront plus être vendus que par des pharmaciens.",
            "Pharmacists may sell it.",
            "由药剂师出售。",
        ),
        (
            "Il ne subsiste, dix ans plus tard, que des miettes.",
            "Crumbs remain after ten years.",
            "十年后剩下残渣。",
        ),
        ("Cela n'a rien apporté d'autre que des soucis.", "It brought trouble.", "这带来了麻烦。"),
        # hardly
        ("Ils ne sortent plus guère.", "They hardly go out.", "他们很少出门。"),
        ("Ils n'ont plus guère d'espoir.", "They have little hope.", "他们的希望很少。"),
    ],
)
def test_what_french_denies_and_others_say_outright_is_not_told(
    source: str, english: str, chinese: str
) -> None:
    assert not told(source, english, Lang.EN)
    assert not told(source, chinese, Lang.ZH)


def test_a_purpose_may_be_to_avoid() -> None:
    source = "Il s'est caché pour ne pas éveiller les soupçons."
    assert not told(source, "他躲了起来，以免引起怀疑。", Lang.ZH)
    assert told(source, "他躲了起来，以引起怀疑。", Lang.ZH)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        # the turn, and nothing that may stand for it
        ("Les élus ne décolèrent pas.", "The lawmakers calm down.", "议员们冷静下来。"),
        ("Le café ne désemplit pas.", "The cafe empties.", "咖啡馆空了。"),
        ("Les cars ne circuleront pas.", "Buses will run.", "班车将运行。"),
        ("Elle n'échappera pas à la taxe.", "She will escape the tax.", "她将躲过税收。"),
        ("Le Japon n'est pas à l'abri d'une crise.", "Japan is immune to a crisis.", "日本能躲过危机。"),
        ("Il a faim ? Il n'a pas mangé.", "Is he hungry? He ate.", "他饿了吗？他吃了。"),
        (
            '"Comment dire que cela ne vaut pas plus ?", dit-il.',
            "How to say it is worth more?, he said.",
            "他问，怎么说它值得？",
        ),
        ("Il leur a dit de ne pas sortir.", "He told them to go out.", "他让他们出门。"),
        ("Il a violé la loi et n'est pas venu.", "He violated the law and came.", "他违法并来了。"),
        ("Arrêtez, il ne vient pas.", "Stop, he is coming.", "您别慌，他来。"),
        ("La crise n'épargne pas l'Islande.", "The crisis spares Iceland.", "危机放过冰岛。"),
        ("Rien ne va mal.", "All goes badly.", "都恶化。"),
        # the same words for another denial
        ("Il n'est pas furieux.", "He is furious.", "他愤怒。"),
        ("Il n'a pas perdu.", "He lost.", "他失去了。"),
        ("Il n'est pas venu la première fois.", "He came the first time.", "他第一次来了。"),
        ("Il ne meurt plus personne.", "People died.", "有人去世。"),
        # no longer, of something that is no end
        ("Elle ne perd plus.", "She lost.", "她失去了。"),
        ("Il ne veut plus leur dire que c'est fini.", "He wants to say that it is finished.", "他想说完了。"),
        ("Ils ne sortent plus guère.", "They go out.", "他们出门。"),
        ("Il n'a rien dit d'autre.", "He said so.", "他这样说。"),
    ],
)
def test_a_denial_that_only_looks_like_that_is_told(source: str, english: str, chinese: str) -> None:
    assert told(source, english, Lang.EN)
    assert told(source, chinese, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Un carton disqualifiant son capitaine.", "此牌令队长无法出赛。", Lang.ZH),
        ("Elle s'est gardée de tout effet.", "她没有任何夸张。", Lang.ZH),
        ("Elles peuvent se passer de lui.", "她们可以没有他。", Lang.ZH),
        ("Gardons-nous de le dire.", "Let us not say it.", Lang.EN),
        ("Au lieu d'aider, il part.", "他没有帮忙，走了。", Lang.ZH),
        ("Il a un casier vierge.", "他没有前科。", Lang.ZH),
        ("Le classement, on s'en fout.", "We don't care about the standings.", Lang.EN),
    ],
)
def test_a_word_that_denies_makes_no_denial_made_up(source: str, target: str, lang: Lang) -> None:
    assert not told(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Rien ne sera plus jamais comme avant.", "Nothing will ever be as before.", Lang.EN),
        ("Nul ne peut plus rien dire.", "谁也不能再说什么。", Lang.ZH),
        ("C'est discutable, pour ne pas dire plus.", "It is debatable, to say the least.", Lang.EN),
    ],
)
def test_what_denies_twice_in_french_denies_once(source: str, target: str, lang: Lang) -> None:
    assert not told(source, target, lang)
    assert told(f"{source[:-1]}, il n'est pas venu.", f"{target[:-1]}.", lang)


def test_a_denial_that_was_made_up_is_a_warning() -> None:
    source, target = "La réunion a eu lieu hier.", "The meeting did not take place yesterday."
    (finding,) = (each for each in check(source, target, Lang.EN) if each.code == "negation")
    assert finding.severity is Severity.WARNING
    assert finding.target_span is not None and target[slice(*finding.target_span)] == "not"


@pytest.mark.parametrize(
    "chinese", ["他不得不留下。", "他不仅唱歌。", "不过他来了。", "未来他会来。", "无人机飞来。"]
)
def test_words_that_only_look_like_a_denial_answer_for_none(chinese: str) -> None:
    assert told("Il n'est pas venu.", chinese, Lang.ZH)


def test_the_place_of_a_lost_denial_is_told() -> None:
    source = "Le porte-parole n'a pas précisé la durée."
    (finding,) = (
        each for each in check(source, "He specified the length.", Lang.EN) if each.code == "negation"
    )
    assert finding.source_span is not None and source[slice(*finding.source_span)] == "n'a pas"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        # words that look like a denial and are none
        ("Nous n'avons pas de planète de rechange.", "We do have a spare planet.", Lang.EN),
        ("Le film n'est pas un documentaire, précise Mohammad.", "穆罕默德特别说明：电影是纪录片。", Lang.ZH),
        ("La motion n'a pas été adoptée.", "The no-confidence motion was adopted.", Lang.EN),
        ("Les objets n'étaient plus en orbite.", "The objects were in orbit.", Lang.EN),
        # each answers for the source's own word
        (
            "La moitié, privée de courant, n'a pas accès à l'eau.",
            "Half, without power, have access to water.",
            Lang.EN,
        ),
        ("Faute d'interprète, ils ne parlaient pas.", "For lack of an interpreter, they spoke.", Lang.EN),
        ("Il n'y a pas de paix, il n'y a qu'une trêve.", "和平，只有停火。", Lang.ZH),
    ],
)
def test_what_looks_like_a_denial_does_not_answer(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang)
