namespace VoiceGrains.Recognition;

/// <summary>A stretch of words that repeats a stretch of others, perhaps with some that differ, are too many or were left out.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">The first behind it.</param>
/// <param name="Same">Words that both have.</param>
/// <param name="LeftOut">Words of the others in between that it does not have.</param>
readonly record struct Repetition(int From, int To, int Same, int LeftOut)
{
    const int Gain = 2;

    /// <summary>How much of it is the same, 0 to 1.</summary>
    public double Likeness => (double)Same / (To - From + LeftOut);

    /// <summary>The stretch that is most like one of the others (local alignment, Smith and Waterman 1981). Null: no word is the same.</summary>
    /// <param name="from">Words from here on are looked at.</param>
    /// <param name="to">And before this one.</param>
    /// <param name="others">How many others there are.</param>
    /// <param name="loss">What a word that differs costs, where one that is the same gains 2: with 3 a stretch ends rather than to contain many that differ.</param>
    public static Repetition? Find(int from, int to, int others, int loss, Func<int, int, bool> isSame)
    {
        var scores = new int[to - from + 1, others + 1];
        var (best, row, column) = (0, 0, 0);
        for (var i = 1; i <= to - from; i++)
        {
            for (var j = 1; j <= others; j++)
            {
                var both = scores[i - 1, j - 1] + (isSame(from + i - 1, j - 1) ? Gain : -loss);
                var score = scores[i, j] = Math.Max(Math.Max(0, both), Math.Max(scores[i - 1, j], scores[i, j - 1]) - loss);
                if (score > best)
                    (best, row, column) = (score, i, j);
            }
        }

        return best == 0 ? null : Back(scores, row, column, from, loss, isSame);
    }

    static Repetition Back(int[,] scores, int row, int column, int from, int loss, Func<int, int, bool> isSame)
    {
        var (end, same, leftOut) = (from + row, 0, 0);
        while (scores[row, column] > 0)
        {
            var isTheSame = isSame(from + row - 1, column - 1);
            if (scores[row, column] == scores[row - 1, column - 1] + (isTheSame ? Gain : -loss))
            {
                same += isTheSame ? 1 : 0;
                (row, column) = (row - 1, column - 1);
            }
            else if (scores[row, column] == scores[row - 1, column] - loss)
            {
                row--;
            }
            else
            {
                (column, leftOut) = (column - 1, leftOut + 1);
            }
        }

        return new Repetition(from + row, end, same, leftOut);
    }
}
