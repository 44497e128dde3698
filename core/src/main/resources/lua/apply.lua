-- Brings a commit to the entry, if there is one; one of another format, epoch or owner is dropped.
--
-- KEYS[1]  the entry
-- ARGV[1]  identity: the header's beginning, up to the generation
-- ARGV[2]  gen, 16 digits
-- ARGV[3]  the number before the commit's first, 16 digits; empty when no lines are given
-- ARGV[4]  to, 16 digits: the conversation's newest number
-- ARGV[5]  the first line's number, 16 digits: later than the commit's first when not all lines fit into an entry,
--          to + 1 when none does
-- ARGV[6]  the lines, each with its line end
-- ARGV[7]  how long the entry lives, in milliseconds
-- ARGV[8]  how many lines an entry keeps
-- ARGV[9]  how many bytes an entry has at most
--
-- Returns 2 when the lines are in the entry now, 1 when only `need` was raised, 0 when there was nothing to do.

local head = load_or_drop(ARGV[1])
local gen, to, ttl = ARGV[2], ARGV[4], ARGV[7]
if not head or is_past(head, gen) then
    return 0
end
local need = gen .. ' ' .. to
if need < pair(head, NEED) then
    need = pair(head, NEED)
end

local lo = field(head, LO)
if has_data(head) and gen ~= field(head, GEN) then
    redis.call('SET', KEYS[1], header(ARGV[1], ZERO, ZERO, ZERO, need, '0', pair(head, LEASE)), 'PX', ttl)
elseif not has_data(head) or ARGV[3] ~= field(head, HI) then
    redis.call('SETRANGE', KEYS[1], NEED - 1, need)
    redis.call('PEXPIRE', KEYS[1], ttl)
elseif ARGV[5] == pad(ARGV[3] + 1) then
    redis.call('SETRANGE', KEYS[1], HI - 1, to .. ' ' .. need)
    append(ARGV[6], lo, to, ARGV[8], ARGV[9], ttl)
    return 2
else
    redis.call('SET', KEYS[1], header(ARGV[1], gen, ARGV[5], to, need, '1', pair(head, LEASE)) .. ARGV[6], 'PX', ttl)
    return 2
end
return 1
