-- Mutant: a commit leaves a mark in the place of the entry, also where there was none. Called as apply.

local head = load(ARGV[1])
local need = ARGV[2] .. ' ' .. ARGV[4]
if head and need < pair(head, NEED) then
    need = pair(head, NEED)
end
redis.call('SET', KEYS[1], header(ARGV[1], ZERO, ZERO, ZERO, need, '0', NOBODY), 'PX', ARGV[7])
return 1
