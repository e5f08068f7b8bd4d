-- Cuts that were sealed before what they leave out was written down: superseded snapshots lie in front of the one that
-- their file holds. Without them the receipt of such an hour would never add up.
INSERT INTO cut_set_aside (cut_id, organization_id, routing_id, hour, rows)
SELECT c.id, c.organization_id, c.routing_id, k.hour, sum(k.rows)
FROM cut c
JOIN file f ON f.cut_id = c.id AND f.type = 'segment' AND f.state <> 'released' AND f.lo > c.lo
JOIN lane l ON l.id = c.lane_id
JOIN log.chunk k ON k.stream_id = l.stream_id AND k."offset" >= c.lo AND k."offset" < f.lo
GROUP BY c.id, k.hour
ON CONFLICT (cut_id, hour) DO NOTHING;
