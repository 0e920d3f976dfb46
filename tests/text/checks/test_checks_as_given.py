"""What the product's dictionary writes, and what editors found right: none of it is told."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import check
from translate.text.checks.rendered import is_rendered, is_word


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        # words and names as the dictionary has them
        ("Les vases canopes ont été retrouvés.", "The canopic jars were found.", Lang.EN),
        ("Ces arboviroses progressent.", "These arboviral diseases are gaining ground.", Lang.EN),
        ("Il est arrivé à Célèbes.", "He arrived in Sulawesi.", Lang.EN),
        ("Le maréchal Haftar est arrivé.", "Marshal Hifter has arrived.", Lang.EN),
        ("Son patron a quitté TikTok.", "其首席执行官离开抖音国际版。", Lang.ZH),
        ("Son patron a quitté OpenAI.", "其首席执行官离开开放人工智能研究中心。", Lang.ZH),
        # acronyms and names told otherwise
        ("La CAF lui réclame 4.200 euros.", "The family benefits office demands 4,200 euros.", Lang.EN),
        ("Une OPA hostile a échoué.", "A hostile bid has failed.", Lang.EN),
        ("La Minuss compte 14.000 hommes.", "联合国南苏丹特派团有1.4万人。", Lang.ZH),
        ("Un comité pour la prévention de la torture (CPT) est né.", "防止酷刑委员会成立。", Lang.ZH),
        ("Le poivre du Sichuan parfume le plat.", "花椒为这道菜增香。", Lang.ZH),
        ("Les bals du 14-Juillet sont annulés.", "The July 14 street dances are canceled.", Lang.EN),
        ("M. Petit a été réélu.", "Mr. Petit has been reelected.", Lang.EN),
        ("Ils traversent les monts d'Arrée.", "They cross the Monts d'Arrée.", Lang.EN),
        # numbers
        ("Le lait coûte 35 centimes de plus.", "Milk costs 0.35 euros more.", Lang.EN),
        ("Le rendement est de 74,1 quintaux.", "单产为7.41吨。", Lang.ZH),
        ("Ils épluchent trois quintaux de pommes.", "他们削300公斤苹果。", Lang.ZH),
        ("Un quadriréacteur s'est posé.", "A four-engine jet landed.", Lang.EN),
        ("Composez le 0 805 20 12 12 ce soir.", "Call 0 805 20 12 12 tonight.", Lang.EN),
        # what denies in form only, questions, what English says twice, the number of an item
        ("La crise n'en finit plus de s'aggraver.", "危机不断加剧。", Lang.ZH),
        ("Un pari risqué?", "这是不是一场冒险？", Lang.ZH),
        ("Le film sera-t-il prêt?", "影片会不会按时完成？", Lang.ZH),
        ("Ils font du porte-à-porte pour vacciner.", "They go door to door to vaccinate.", Lang.EN),
        # what French denies and others say outright
        ("Ce n'est pas demain la veille.", "那还早着呢。", Lang.ZH),
        ("Ce n'était pas arrivé depuis 140 ans.", "这是140年来首次。", Lang.ZH),
        ("Les deux pilotes n'ont pas survécu.", "The two pilots died.", Lang.EN),
        ("Il n'en fallut pas davantage.", "这就足够了。", Lang.ZH),
        ("Cette nuance compte.", "This nuance matters.", Lang.EN),
        ("Le navire a franchi le Bosphore.", "The ship passed through the Bosporus.", Lang.EN),
        (
            'Au programme: "Robinson au pays des pingouins" (animation).',
            'On the program: "Robinson au pays des pingouins" (animation).',
            Lang.EN,
        ),
        ("Un charnier sur la route de Marib.", "在通往马里卜的公路上发现乱葬坑。", Lang.ZH),
        ("2) Coupez le gaz.", "2）关闭燃气。", Lang.ZH),
    ],
)
def test_what_is_right_is_not_told(source: str, target: str, lang: Lang) -> None:
    assert check(source, target, lang) == ()


@pytest.mark.parametrize(
    ("source", "target", "lang", "code"),
    [
        ("Les vases canopes ont été retrouvés.", "The canopick jars were found.", Lang.EN, "words"),
        ("Le ministre a rejeté l'offre.", "The minister flatlied rejected the offer.", Lang.EN, "words"),
        ("Il est arrivé à Célèbes.", "He arrived in Sumatra.", Lang.EN, "names"),
        ("Son patron a quitté TikTok.", "其首席执行官离开该公司。", Lang.ZH, "names"),
        ("Le comité (CPT) est né.", "委员会成立。", Lang.ZH, "names"),
        ("La crise n'est plus là.", "危机加剧。", Lang.ZH, "negation"),
        ("Les deux pilotes n'ont pas survécu.", "两名飞行员都活了下来。", Lang.ZH, "negation"),
        ("Le film est prêt.", "影片不会完成。", Lang.ZH, "negation"),
        ("Le lait coûte 35 centimes de plus.", "Milk costs 3.5 euros more.", Lang.EN, "numbers"),
        ("Il a parlé selon la loi.", "He spoke according to according to the law.", Lang.EN, "repetition"),
        ("Le gaz est coupé.", "燃气关闭）。", Lang.ZH, "unbalanced"),
        ("Il a un petit chien.", "He has a petit dog, Petit chien.", Lang.EN, "untranslated"),
    ],
)
def test_what_is_not_is(source: str, target: str, lang: Lang, code: str) -> None:
    assert code in {finding.code for finding in check(source, target, lang)}


@pytest.mark.parametrize("word", ["canopic", "arboviral", "aerogel"])
def test_a_word_of_the_dictionary_is_one(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["ovirose", "activitieses", "flatlied", "decritered"])
def test_french_and_what_no_word_is_made_of_is_none(word: str) -> None:
    assert not is_word(word)


def test_a_name_is_what_the_dictionary_gives() -> None:
    assert is_rendered("Célèbes", "A quake shook Sulawesi.", Lang.EN)
    assert not is_rendered("Célèbes", "A quake shook Java.", Lang.EN)
