using System.Collections.Frozen;
using System.Text;

namespace VoiceGrains.Recognition;

/// <summary>
/// What must be known of single words of a language: which of them do harm when they are misheard, which sound like those, and after which no speaker takes a breath.
/// A language without lists is treated by its digits and capital letters alone.
/// </summary>
sealed class WordLists
{
    const string Marks = ",;:.!?…、。！？，；：،؛؟";

    static readonly FrozenDictionary<string, WordLists> All = new Dictionary<string, WordLists>
    {
        ["en"] = new(
            """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
            sixty seventy eighty ninety hundred thousand million billion half quarter dozen double twice
            no not never none nobody nothing neither nor without cannot can't don't won't isn't aren't wasn't weren't doesn't didn't hasn't haven't hadn't shouldn't
            wouldn't couldn't mustn't needn't mightn't shan't ain't nowhere
            """,
            "now know knot note for fore to too won ate fine find free tree sick tan tin want can cant wand",
            """
            a an the and or but if because so that than as of in on at to for from with by about into over after before this these those my your his her its our their
            is are was were be been am will would can could must should may might shall have has had do does did very not i we he she it they you who which what when where
            how yes no please well okay hello hi good thanks thank
            """,
            """
            one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
            seventy eighty ninety twentie thirtie fortie fiftie sixtie seventie eightie ninetie hundred thousand million billion s
            """),
        ["es"] = new(
            """
            cero un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte treinta
            cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos trescientos quinientos mil millón millones quinientas medio media doble
            no nunca jamás nadie nada ni ningún ninguno ninguna tampoco sin
            """,
            "son dos tez sé nos cien sien once",
            """
            el la los las un una unos unas y e o u pero si porque que como de del en a al por para con sin sobre entre hasta desde este esta estos estas mi tu su mis tus sus
            nuestro nuestra es son era ser estar está están ha han he muy no lo le se me te nos más menos yo él ella ellos ustedes usted qué quién cuándo dónde sí hola gracias buenos
            """,
            "veinti dieci un uno una ún dos dós tres trés cuatro cinco seis séis siete sete ocho nueve nove cientos cientas"),
        ["de"] = new(
            """
            null ein eins eine einen einem einer zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend million millionen halb halbe
            doppelt
            nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nirgends nichts ohne weder
            """,
            "nichte nickt nah acht wehr dreh sehen weiter",
            """
            der die das den dem des ein eine einen einem einer und oder aber wenn weil dass ob als wie von vom in im an am auf zu zum zur für mit nach bei aus über unter vor durch
            um dieser diese dieses mein meine dein sein seine ihr ihre unser unsere ist sind war waren wird werden hat haben kann muss soll sehr nicht ich wir er sie es du
            """,
            "ein eins eine zwei zwo drei vier fünf sechs sech sieben sieb acht neun zehn elf zwölf und zwanzig zig ßig hundert tausend"),
        ["fr"] = new(
            """
            zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante cent cents mille
            million millions demi demie double
            ne n pas jamais rien personne aucun aucune sans ni non
            """,
            "par bas de cette set sans sang sent dit dis nom on",
            """
            le la les l' un une des du de d' et ou mais si parce que qu' comme en dans à au aux par pour avec sans sur sous entre ce cet cette ces mon ma mes ton ta tes son sa ses
            notre nos votre vos leur leurs est sont était a ont très ne pas plus se me te lui y je nous il elle ils vous tu oui bonjour merci
            """),
        ["it"] = new(
            """
            zero un uno una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici venti trenta quaranta cinquanta sessanta
            settanta ottanta novanta cento mille mila milione milioni mezzo mezza doppio
            non no mai nessun nessuno nessuna niente nulla né neanche nemmeno neppure senza
            """,
            "nome nuovo sai setta",
            """
            il lo la i gli le un uno una e o ma se perché che come di del della dei in nel nella a al alla da dal per con su tra fra questo questa mio mia tuo suo nostro è sono
            era ha hanno molto non più si mi ti ci io noi lui lei loro voi sì ciao grazie
            """,
            """
            uno un due tre tré quattro cinque sei sette otto nove dieci venti vent trenta trent quaranta quarant cinquanta cinquant sessanta sessant settanta settant
            ottanta ottant novanta novant cento cent mille mila
            """),
        ["pt"] = new(
            """
            zero um uma dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezesseis dezasseis vinte trinta quarenta cinquenta
            sessenta setenta oitenta noventa cem cento mil milhão milhões meio meia dobro
            não nunca jamais ninguém nada nem nenhum nenhuma tampouco sem
            """,
            "nau mão sei sem cem vêm",
            """
            o a os as um uma e ou mas se porque que como de do da dos das em no na nos nas ao à por para com sem sobre entre até este esta meu minha seu sua nosso é são era está
            muito não mais me te lhe eu nós ele ela eles vocês você sim olá obrigado
            """,
            "du tre quatro quin seis sete oito nove zentos zentas centos centas hentos hentas"),
    }.ToFrozenDictionary();

    static readonly WordLists None = new("", "", "");

    // What stands between them are words: twenty-five, dix-sept, n'est, l'Italie.
    static readonly char[] Joints = ['-', '\u2011', '\'', '’'];

    readonly FrozenSet<string> _risky;
    readonly FrozenSet<string> _soundsRisky;
    readonly FrozenSet<string> _function;
    readonly FrozenSet<string> _inNumbers;
    readonly int _longestInNumbers;

    /// <param name="inNumbers">What numbers are put together of that are written in one word; two of them make a number.</param>
    WordLists(string risky, string soundsRisky, string function, string inNumbers = "")
    {
        _risky = SetOf(risky);
        _soundsRisky = SetOf(soundsRisky);
        _function = SetOf(function);
        _inNumbers = SetOf(inNumbers);
        _longestInNumbers = _inNumbers.Select(static part => part.Length).DefaultIfEmpty().Max();
    }

    public static WordLists Of(Language language) => All.GetValueOrDefault(language.Primary, None);

    /// <summary>A word without marks, in small letters, composed (NFC), with straight apostrophes.</summary>
    public static string Plain(string word)
    {
        var plain = word.Trim().Trim([.. Marks, '"', '«', '»', '“', '”', '(', ')', '¿', '¡']).ToLowerInvariant().Replace('’', '\'');
        return plain.IsNormalized() ? plain : plain.Normalize(NormalizationForm.FormC);
    }

    public static bool EndsWithMark(string text) => text.Length > 0 && Marks.Contains(text[^1], StringComparison.Ordinal);

    /// <summary>Whether there are marks and no word.</summary>
    public static bool IsMark(string text) => text.Length > 0 && text.All(static letter => Marks.Contains(letter, StringComparison.Ordinal) || letter is '»' or '”' or ')');

    public static bool EndsSentence(string text) => text.Length > 0 && ".!?…。！？؟".Contains(text[^1], StringComparison.Ordinal);

    /// <summary>How much harm a word does when it was misheard.</summary>
    /// <param name="isFirst">Whether a sentence begins with it, where every word has a capital letter.</param>
    public WordClass ClassOf(Language language, string word, bool isFirst)
    {
        var plain = Plain(word);
        if (IsNumberOrNegation(plain))
            return WordClass.Risky;
        if (_soundsRisky.Contains(plain))
            return WordClass.SoundsRisky;
        if (!IsName(language, word))
            return WordClass.Usual;
        return isFirst ? WordClass.SoundsRisky : WordClass.Risky;
    }

    /// <summary>Whether the next word belongs to it, so that nobody takes a breath in between: a function word or a number.</summary>
    public bool LeansOnNext(string word)
    {
        var plain = Plain(word);
        return !EndsWithMark(word) && (plain.Length == 0 || _function.Contains(plain) || IsNumberOrNegation(plain));
    }

    bool IsNumberOrNegation(string plain) => plain.Any(char.IsDigit) || _risky.Contains(plain) || IsPutTogether(plain, 0) || plain.Split(Joints).Any(_risky.Contains);

    // From its end: what is left in front has to be put together as well.
    bool IsPutTogether(string plain, int parts)
    {
        if (plain.Length == 0)
            return parts >= 2;
        for (var length = Math.Min(_longestInNumbers, plain.Length); length > 0; length--)
        {
            if (_inNumbers.Contains(plain[^length..]) && IsPutTogether(plain[..^length], parts + 1))
                return true;
        }

        return false;
    }

    // German nouns have capital letters too, so its names can't be told.
    bool IsName(Language language, string word) => language.Primary != "de" && word.Split(Joints).Any(part =>
        part.FirstOrDefault(char.IsLetter) is var first && char.IsUpper(first) && Plain(part) is { Length: > 1 } plain && !_function.Contains(plain));

    static FrozenSet<string> SetOf(string words) => words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();
}
