-- Says that there is newer, without having it; an entry of another format, epoch or owner is dropped.
--
-- KEYS[1]  the entry
-- ARGV[1]  identity: the header's beginning, up to the generation
-- ARGV[2]  gen, 16 digits
-- ARGV[3]  seq, 16 digits
--
-- Returns 1 when `need` was raised, 0 when it was as high already or there is no entry.

local head = load_or_drop(ARGV[1])
local need = ARGV[2] .. ' ' .. ARGV[3]
if not head or need <= pair(head, NEED) then
    return 0
end
redis.call('SETRANGE', KEYS[1], NEED - 1, need)
return 1
