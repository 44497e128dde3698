-- Mutant: stores what was read unless something newer is there; asks for no lease. Called as fill.

local head = load(ARGV[1])
local need = head and pair(head, NEED) or NOBODY
if head and has_data(head) and ARGV[3] .. ARGV[5] < field(head, GEN) .. field(head, HI) then
    return 1
end
redis.call('SET', KEYS[1], header(ARGV[1], ARGV[3], ARGV[4], ARGV[5], need, '1', NOBODY) .. ARGV[6], 'PX', ARGV[7])
return 1
