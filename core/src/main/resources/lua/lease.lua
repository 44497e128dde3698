-- Gives one caller at a time the right to fill the entry.
--
-- KEYS[1]  the entry
-- ARGV[1]  identity: the header's beginning, up to the generation
-- ARGV[2]  token of this attempt, 16 hex digits, not all zero
-- ARGV[3]  how long the lease holds, in milliseconds
-- ARGV[4]  how long the entry lives, in milliseconds
--
-- Returns the header as it is now: the lease was given when the token in it is ARGV[2].

local head = load(ARGV[1])
local time = now()
if head and field(head, LEASE) ~= ZERO and field(head, LEASE + 17) > time then
    return head
end
local lease = ARGV[2] .. ' ' .. pad(time + ARGV[3])
if head then
    redis.call('SETRANGE', KEYS[1], LEASE - 1, lease)
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    return string.sub(head, 1, LEASE - 1) .. lease .. '\n'
end
head = header(ARGV[1], ZERO, ZERO, ZERO, NOBODY, '0', lease)
redis.call('SET', KEYS[1], head, 'PX', ARGV[4])
return head
