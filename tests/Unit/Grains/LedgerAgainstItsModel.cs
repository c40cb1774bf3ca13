using FsCheck;
using FsCheck.Fluent;
using VoiceGrains.Participants;

namespace VoiceGrains.Tests.Unit.Grains;

/// <summary>Whatever is sent, heard, lost and sent again in whatever order: the ledger balances, and says what the simple model says.</summary>
public sealed class LedgerAgainstItsModel
{
    static readonly Gen<(int What, int How)> Step = from what in Gen.Frequency((6, Gen.Constant(0)), (6, Gen.Choose(1, 13))) from how in Gen.Choose(0, 9) select (what, how);

    [Fact]
    public void The_ledger_is_always_balanced_and_as_the_model() => Law.Holds(Step.ArrayOf(), static steps => new Walk().Agrees(steps), cases: 1_000);

    /// <summary>One participant's life, in the ledger and in the model. Each frame lasts 10.</summary>
    sealed class Walk
    {
        FrameLedger _ledger = new();
        readonly LedgerModel _model = new();
        long _duplicates;
        long _recorded;
        int _position;
        int _segment;

        public bool Agrees((int What, int How)[] steps) => steps.All(step => Goes(step.What, step.How) && IsSame());

        bool Goes(int what, int how) => what switch
        {
            0 => TakeAudio(),
            1 => TakeText(),
            2 => TakeOther(Fate.Silence),
            3 => TakeOther(Fate.Unrecognized),
            4 => Repeat(how),
            5 => _ledger.Judge(_model.Next + 1 + how) == Arrival.Gap,
            6 => Skip(how),
            7 => HearSilence(_position - (10 * how)),
            8 => Sort(_position - (10 * how) - 5),
            9 => Settle(Math.Max(1, _segment - how)),
            10 => _ledger.Rewind() == _model.Rewind(),
            11 => Admit(_position - (10 * how) - 5),
            12 => GoOn(leftOut: null),
            _ => GoOn(leftOut: Math.Max(1, _segment - how)),
        };

        bool TakeAudio()
        {
            if (_model.KnowsNext)
            {
                // Not for the recognizer a second time.
                var isKnown = _ledger.Judge(_model.Next) == Arrival.Duplicate;
                _model.Take(Fate.Unsorted);
                return isKnown;
            }

            var isFresh = _ledger.Judge(_model.Next) == Arrival.Fresh;
            _ledger.TakeAudio(_model.Next, At(_position), At(_position + 10), arrivedAt: 0);
            _model.Take(Fate.Unsorted, _position += 10);
            return isFresh;
        }

        bool TakeText()
        {
            _ledger.TakeText(_model.Next, ++_segment);
            _model.Take(Fate.InSegment, segment: _segment);
            return true;
        }

        bool TakeOther(Fate fate)
        {
            if (fate == Fate.Silence)
                _ledger.TakeSilence(_model.Next);
            else
                _ledger.TakeUnrecognizable(_model.Next);
            _model.Take(fate);
            return true;
        }

        bool Repeat(int how)
        {
            if (_model.Next - how <= 1)
                return true;
            _duplicates++;
            return _ledger.Judge(_model.Next - 1 - how) == Arrival.Duplicate;
        }

        bool Skip(int how)
        {
            _ledger.SkipTo(_model.Next + how - 3);
            _model.SkipTo(_model.Next + how - 3);
            return true;
        }

        bool HearSilence(int until)
        {
            _ledger.SettleSilence(At(until));
            _model.Turn(row => row.Fate == Fate.Unsorted && row.End <= until, Fate.Silence);
            return true;
        }

        bool Sort(int until)
        {
            var before = _model.Count(Fate.InSegment);
            _ledger.Close(++_segment, At(until));
            _model.Turn(row => row.Fate == Fate.Unsorted && row.End - 10 < until, Fate.InSegment, _segment);
            return _ledger.FramesOf(_segment) == _model.Count(Fate.InSegment) - before;
        }

        bool Admit(int until)
        {
            var before = _model.Count(Fate.InSegment);
            _ledger.Admit(++_segment, At(until));
            _model.Turn(row => row.Fate == Fate.Unsorted && row.End <= until, Fate.InSegment, _segment);
            return _ledger.FramesOf(_segment) == _model.Count(Fate.InSegment) - before;
        }

        // Another activation, from a checkpoint that is too large for one of the segments, or for none. It hears anew what was not admitted.
        bool GoOn(int? leftOut)
        {
            var segments = Enumerable.Range(1, _segment).Where(number => number != leftOut).Select(Kept.Segment);
            _ledger = new FrameLedger(new Checkpoint(1, _ledger.ResumeFrom, _segment, _ledger.Checkpoint(), [.. segments]));
            _model.Turn(row => row.Fate == Fate.InSegment && row.Segment == leftOut, Fate.Lost);
            _model.Rewind();
            _position = 0;
            return true;
        }

        bool Settle(int segment)
        {
            var fate = segment % 2 == 0 ? Fate.Recognized : Fate.Unrecognized;
            if (fate == Fate.Recognized)
                _ledger.SettleRecognized(segment);
            else
                _ledger.SettleUnrecognized(segment);
            _model.Turn(row => row.Fate == Fate.InSegment && row.Segment == segment, fate);
            return true;
        }

        bool IsSame()
        {
            var expected = new LedgerFigures(
                _model.Highest,
                _model.Count(Fate.Recognized),
                _model.Count(Fate.Unrecognized),
                _model.Count(Fate.Silence),
                _model.Count(Fate.Lost),
                _model.Pending,
                _duplicates);
            var hasFallen = _ledger.Recorded < _recorded;
            _recorded = _ledger.Recorded;
            // While a replay is on its way, a row of lost numbers in front of it may be acknowledged a little later.
            var isAcknowledged = _model.Next <= _model.Highest ? _recorded <= _model.Recorded : _recorded == _model.Recorded;
            return _ledger.Figures == expected && expected.IsBalanced && _ledger.Next == _model.Next && !hasFallen && isAcknowledged;
        }

        static TimeSpan At(int position) => TimeSpan.FromMilliseconds(position);
    }
}
