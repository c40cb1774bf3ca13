using System.Collections.Immutable;

namespace VoiceGrains.Eval.Corpora;

/// <summary>The words of the generated sentences. All of it was written for this purpose.</summary>
static class Lexicon
{
    public static readonly ImmutableArray<Phrase> ShortAnswers = Phrase.ParseAll("""
        yes | sí@1 | ja@1 | はい@1
        no | no@1 | nein@1 | いいえ@1
        thanks | gracias@1 | danke@1 | ありがとう@1
        of course | por@1 supuesto@2 | natürlich@2 | もちろん@2
        not yet | todavía@2 no@1 | noch@2 nicht@1 | まだです@2
        fifteen minutes | quince@1 minutos@2 | fünfzehn@1 Minuten@2 | 十五@1 分です@2
        I think so | creo@2 que@2 sí@3 | ich@1 glaube@2 ja@3 | そう@3 思います@2
        that is right | eso@1 es@2 correcto@3 | das@1 ist@2 richtig@3 | その@1 通りです@3
        maybe next week | quizás@1 la@3 semana@3 próxima@2 | vielleicht@1 nächste@2 Woche@3 | たぶん@1 来週です@3
        we can try it | podemos@2 intentarlo@3 | wir@1 können@2 es@4 versuchen@3 | 試す@3 ことができます@2
        Maria has the key | Maria@1 tiene@2 la@3 llave@4 | Maria@1 hat@2 den@3 Schlüssel@4 | マリアが@1 鍵を@4 持っています@2
        good morning to all | buenos@1 días@2 a@3 todos@4 | guten@1 Morgen@2 an@3 alle@4 | みなさん@4 おはようございます@2
        """);

    /// <summary>Subjects, by person: we; he, she or a name; they.</summary>
    public static readonly ImmutableArray<ImmutableArray<Phrase>> Subjects =
    [
        Phrase.ParseAll("""
            we | nosotros@1 | wir@1 | 私たちは@1
            we all | todos@2 nosotros@1 | wir@1 alle@2 | 私たち@1 みんなは@2
            """),
        Phrase.ParseAll("""
            she | ella@1 | sie@1 | 彼女は@1
            the team | el@1 equipo@2 | das@1 Team@2 | チームは@2
            my boss | mi@1 jefe@2 | mein@1 Chef@2 | 私の@1 上司は@2
            Maria | Maria@1 | Maria@1 | マリアは@1
            Keller | Keller@1 | Keller@1 | ケラーは@1
            the new bank | el@1 banco@3 nuevo@2 | die@1 neue@2 Bank@3 | 新しい@2 銀行は@3
            """),
        Phrase.ParseAll("""
            they | ellos@1 | sie@1 | 彼らは@1
            our guests | nuestros@1 clientes@2 | unsere@1 Kunden@2 | 私たちの@1 お客様は@2
            the young men | los@1 hombres@3 jóvenes@2 | die@1 jungen@2 Männer@3 | 若い@2 人たちは@3
            """),
    ];

    /// <summary>Modal verbs by person, in Japanese with and without negation.</summary>
    public static readonly ImmutableArray<Modal> Modals =
    [
        new("will", ["vamos a", "va a", "van a"], ["werden", "wird", "werden"], "予定です", "予定では", "ありません"),
        new("must", ["debemos", "debe", "deben"], ["müssen", "muss", "müssen"], "必要があります", "必要が", "ありません"),
        new("can", ["podemos", "puede", "pueden"], ["können", "kann", "können"], "ことができます", "ことが", "できません"),
        new("should", ["deberíamos", "debería", "deberían"], ["sollten", "sollte", "sollten"], "べきです", "べきでは", "ありません"),
    ];

    public static readonly ImmutableArray<Phrase> Verbs = Phrase.ParseAll("""
        send | enviar@1 | schicken@1 | 送る@1
        read | leer@1 | lesen@1 | 読む@1
        check | revisar@1 | prüfen@1 | 調べる@1
        change | cambiar@1 | ändern@1 | 変える@1
        show | mostrar@1 | zeigen@1 | 見せる@1
        close | cerrar@1 | schließen@1 | 閉める@1
        find | encontrar@1 | finden@1 | 見つける@1
        write | escribir@1 | schreiben@1 | 書く@1
        sell | vender@1 | verkaufen@1 | 売る@1
        buy | comprar@1 | kaufen@1 | 買う@1
        test | probar@1 | testen@1 | 試す@1
        use | usar@1 | nutzen@1 | 使う@1
        keep | guardar@1 | behalten@1 | 保つ@1
        move | mover@1 | bewegen@1 | 動かす@1
        """);

    /// <summary>Nouns with their articles: Spanish gender is that of the article, German stands in the accusative.</summary>
    public static readonly ImmutableArray<Phrase> Nouns = Phrase.ParseAll("""
        the plan | el@1 plan@2 | den@1 Plan@2 | 計画を@2
        the contract | el@1 contrato@2 | den@1 Vertrag@2 | 契約を@2
        the report | el@1 informe@2 | den@1 Bericht@2 | 報告を@2
        the house | la@1 casa@2 | das@1 Haus@2 | 家を@2
        the car | el@1 coche@2 | das@1 Auto@2 | 車を@2
        the list | la@1 lista@2 | die@1 Liste@2 | 表を@2
        the price | el@1 precio@2 | den@1 Preis@2 | 価格を@2
        the shop | la@1 tienda@2 | den@1 Laden@2 | 店を@2
        the book | el@1 libro@2 | das@1 Buch@2 | 本を@2
        the door | la@1 puerta@2 | die@1 Tür@2 | 扉を@2
        the code | el@1 código@2 | den@1 Code@2 | コードを@2
        the bill | la@1 factura@2 | die@1 Rechnung@2 | 請求書を@2
        """);

    /// <summary>Things that are counted.</summary>
    public static readonly ImmutableArray<Phrase> Counted = Phrase.ParseAll("""
        boxes | cajas@1 | Kisten@1 | 箱を@1
        pages | páginas@1 | Seiten@1 | ページを@1
        chairs | sillas@1 | Stühle@1 | 椅子を@1
        cards | tarjetas@1 | Karten@1 | 札を@1
        """);

    public static readonly ImmutableArray<Phrase> Numbers = Phrase.ParseAll("""
        fifteen | quince@1 | fünfzehn@1 | 十五の@1
        fifty | cincuenta@1 | fünfzig@1 | 五十の@1
        thirteen | trece@1 | dreizehn@1 | 十三の@1
        thirty | treinta@1 | dreißig@1 | 三十の@1
        four | cuatro@1 | vier@1 | 四つの@1
        nine | nueve@1 | neun@1 | 九つの@1
        five | cinco@1 | fünf@1 | 五つの@1
        """);

    /// <summary>Adjectives: Spanish masculine and feminine, German stem.</summary>
    public static readonly ImmutableArray<Adjective> Adjectives =
    [
        new("new", "nuevo", "nueva", "neue", "新しい"), new("old", "viejo", "vieja", "alte", "古い"), new("small", "pequeño", "pequeña", "kleine", "小さい"),
        new("red", "rojo", "roja", "rote", "赤い"), new("cheap", "barato", "barata", "billige", "安い"), new("long", "largo", "larga", "lange", "長い"),
        new("first", "primero", "primera", "erste", "最初の"), new("big", "grande", "grande", "große", "大きい"),
    ];

    public static readonly ImmutableArray<Phrase> Adverbials = Phrase.ParseAll("""
        today | hoy@1 | heute@1 | 今日@1
        at noon | a@1 mediodía@2 | am@1 Mittag@2 | 正午に@2
        soon | pronto@1 | bald@1 | すぐに@1
        next week | la@2 semana@2 próxima@1 | nächste@1 Woche@2 | 来週@2
        on Monday | el@1 lunes@2 | am@1 Montag@2 | 月曜日に@2
        at home | en@1 casa@2 | zu@1 Hause@2 | 家で@2
        by train | en@1 tren@2 | mit@1 dem@1 Zug@2 | 電車で@2
        for the boss | para@1 el@2 jefe@3 | für@1 den@2 Chef@3 | 上司の@3 ために@1
        with the old team | con@1 el@2 equipo@4 viejo@3 | mit@1 dem@2 alten@3 Team@4 | 古い@3 チームと@4
        in the small room | en@1 la@2 sala@4 pequeña@3 | in@1 dem@2 kleinen@3 Raum@4 | 小さい@3 部屋で@4
        from the first day | desde@1 el@2 día@4 primero@3 | ab@1 dem@2 ersten@3 Tag@4 | 最初の@3 日から@4
        after the call | tras@1 la@2 llamada@3 | nach@1 dem@2 Anruf@3 | 電話の@3 後で@1
        before lunch | antes@1 de@1 comer@2 | vor@1 dem@1 Essen@2 | 昼食の@2 前に@1
        in five days | en@1 cinco@2 días@3 | in@1 fünf@2 Tagen@3 | 五日@2 以内に@1
        for four weeks | durante@1 cuatro@2 semanas@3 | für@1 vier@2 Wochen@3 | 四週間@3
        """);

    /// <summary>Words that join main clauses.</summary>
    public static readonly ImmutableArray<Phrase> Joining = Phrase.ParseAll("""
        and | y@1 | und@1 | そして@1
        but | pero@1 | aber@1 | しかし@1
        """);

    /// <summary>Words after which the German verb comes last.</summary>
    public static readonly ImmutableArray<Phrase> Subordinating = Phrase.ParseAll("""
        because | porque@1 | weil@1 | なぜなら@1
        if | si@1 | wenn@1 | もし@1
        so that | para@1 que@2 | damit@2 | それで@2
        """);
}

/// <summary>A modal verb. The lists are by person.</summary>
sealed record Modal(string English, ImmutableArray<string> Spanish, ImmutableArray<string> German, string Japanese, string JapaneseBeforeNot, string JapaneseNot);

/// <summary>An adjective.</summary>
sealed record Adjective(string English, string SpanishMasculine, string SpanishFeminine, string German, string Japanese);
