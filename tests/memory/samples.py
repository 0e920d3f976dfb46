"""TMX files as other tools write them: the same two translations in the shape of each."""

from __future__ import annotations

from typing import Final

# OmegaT: a document type that names its DTD, two files' worth of tuv attributes, a unit per pair.
_OMEGAT = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx11.dtd">
<tmx version="1.1">
  <header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext"
    creationtoolversion="5.7.1" segtype="sentence" srclang="FR"/>
  <body>
<!-- Default translations -->
    <tu>
      <tuv lang="FR"><seg>Le président s’est rendu à Pékin.</seg></tuv>
      <tuv lang="EN-GB" changeid="desk" changedate="20190506T070809Z">
        <seg>The president went to Beijing.</seg>
      </tuv>
      <tuv lang="ZH-CN" changeid="desk"><seg>总统前往北京。</seg></tuv>
    </tu>
  </body>
</tmx>
"""

# Trados: UTF-16, codes inside the segments, properties of its own, regional tags.
_TRADOS = """\
<?xml version="1.0" encoding="utf-16"?>
<tmx version="1.4">
  <header creationtool="SDL Language Platform" creationtoolversion="8.0" o-tmf="SDL TM8 Format" datatype="xml"
    segtype="sentence" adminlang="fr-FR" srclang="fr-FR" creationdate="20190506T070809Z">
    <prop type="x-Recognizers">RecognizeAll</prop>
  </header>
  <body>
    <tu creationdate="20180101T000000Z" changedate="20190506T070809Z" creationid="A\\B">
      <prop type="x-LastUsedBy">A\\B</prop>
      <tuv xml:lang="fr-FR">
        <seg>Le <bpt i="1" type="1" x="1" />président<ept i="1" /> s’est rendu à Pékin.</seg>
      </tuv>
      <tuv xml:lang="en-US">
        <seg>The <bpt i="1" type="1" x="1" />president<ept i="1" /> went to Beijing.</seg>
      </tuv>
      <tuv xml:lang="zh-CN"><seg>总统前往北京。</seg></tuv>
    </tu>
  </body>
</tmx>
"""

# memoQ: placeholders with escaped markup, notes and context properties within the variants.
_MEMOQ = """\
<?xml version="1.0" encoding="utf-8"?>
<tmx version="1.4">
  <header creationtool="MemoQ" creationtoolversion="10.2" segtype="sentence" adminlang="en-us"
    creationid="desk" srclang="fr" o-tmf="MemoQTM" datatype="unknown">
    <prop type="defclient"></prop>
  </header>
  <body>
    <tu changedate="20190506T070809Z" creationdate="20190506T070809Z">
      <prop type="client"></prop>
      <note>checked</note>
      <tuv xml:lang="fr">
        <prop type="x-context-pre">&lt;seg&gt;Avant.&lt;/seg&gt;</prop>
        <seg>Le président <ph type='fmt'>&lt;br/&gt;</ph>s’est
          rendu à Pékin.</seg>
      </tuv>
      <tuv xml:lang="en">
        <prop type="x-context-post">&lt;seg&gt;After.&lt;/seg&gt;</prop>
        <seg>The president went to Beijing.</seg>
      </tuv>
      <tuv xml:lang="zh-hans"><seg>总统前往北京。</seg></tuv>
    </tu>
  </body>
</tmx>
"""

FOREIGN: Final = {
    "omegat": _OMEGAT.encode(),
    "trados": _TRADOS.encode("utf-16"),
    "memoq": b"\xef\xbb\xbf" + _MEMOQ.encode(),
}
