-- Mutant: stores what was read unless a mark says that there is newer; asks for no lease. Called as fill.

local head = load(ARGV[1])
local need = head and pair(head, NEED) or NOBODY
if ARGV[3] .. ' ' .. ARGV[5] < need then
    return 0
end
redis.call('SET', KEYS[1], header(ARGV[1], ARGV[3], ARGV[4], ARGV[5], need, '1', NOBODY) .. ARGV[6], 'PX', ARGV[7])
return 1
