-- Stores what the holder of the lease read from PostgreSQL. `need` stays as it is; the lease ends.
--
-- KEYS[1]  the entry
-- ARGV[1]  identity: the header's beginning, up to the generation
-- ARGV[2]  token of the lease
-- ARGV[3]  gen, 16 digits
-- ARGV[4]  lo, 16 digits: the first line's number, hi + 1 when there is no line
-- ARGV[5]  hi, 16 digits: the conversation's newest number in that generation
-- ARGV[6]  lines lo..hi, each with its line end
-- ARGV[7]  how long the entry lives, in milliseconds
-- ARGV[8]  how many lines an entry keeps
-- ARGV[9]  how many bytes an entry has at most
--
-- Returns 1 when the entry now holds these lines or newer ones, 0 when the lease is not the caller's any more or the
-- generation is a past one.

local head = load(ARGV[1])
if not head or field(head, LEASE) ~= ARGV[2] or field(head, LEASE + 17) <= now() then
    return 0
end
local gen, lo, hi, lines, ttl = ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
if is_past(head, gen) then
    redis.call('SETRANGE', KEYS[1], LEASE - 1, NOBODY)
    return 0
end

local known_lo, known_hi = field(head, LO), field(head, HI)
local missing = pad(known_hi + 1)
if has_data(head) and gen == field(head, GEN) then
    if hi < known_hi or (hi == known_hi and lo >= known_lo) then
        redis.call('SETRANGE', KEYS[1], LEASE - 1, NOBODY)
        redis.call('PEXPIRE', KEYS[1], ttl)
        return 1
    end
    if lo > known_lo and lo <= missing and hi > known_hi then
        local known = 0
        for _ = lo, known_hi do
            known = string.find(lines, '\n', known + 1, true)
        end
        redis.call('SETRANGE', KEYS[1], HI - 1, hi)
        redis.call('SETRANGE', KEYS[1], LEASE - 1, NOBODY)
        append(string.sub(lines, known + 1), known_lo, hi, ARGV[8], ARGV[9], ttl)
        return 1
    end
end
redis.call('SET', KEYS[1], header(ARGV[1], gen, lo, hi, pair(head, NEED), '1', NOBODY) .. lines, 'PX', ttl)
return 1
