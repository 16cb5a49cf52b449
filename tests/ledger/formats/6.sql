PRAGMA application_id = 1751470129;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE activity (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	held_on TEXT NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT activity_named CHECK (name <> ''), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT activity_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "activity" VALUES(1,'01a21334-8d4a-74f2-bc71-f49b37710eaa',25,25,0,3,1,'XF-H0001',3,'2025-07-05','清扫','清扫','','');
INSERT INTO "activity" VALUES(2,'01a21334-8d52-76ba-bd7c-5bc5e22ebe62',27,27,0,3,2,'XF-H0002',3,'2025-07-06','义诊','义诊','','');
INSERT INTO "activity" VALUES(3,'01a21334-8d57-73d1-a402-6fb72ec7ed0c',30,30,0,3,3,'XF-H0003',3,'2025-07-07','课堂','课堂','','');
CREATE TABLE activity_held (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	activity_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	theme TEXT DEFAULT '' NOT NULL, 
	beneficiaries INTEGER DEFAULT 0 NOT NULL, 
	ethnic_groups INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT activity_held_kind CHECK ((kind = 'welfare' OR kind = 'arts' OR kind = 'class' OR kind = 'patrol' OR kind = 'cleanup' OR kind = 'party' OR kind = 'meeting' OR kind = 'other')), 
	CONSTRAINT activity_held_theme CHECK ((theme = '' OR theme = 'live' OR theme = 'learn' OR theme = 'build' OR theme = 'share' OR theme = 'serve' OR theme = 'enjoy' OR theme = 'prosper' OR theme = 'uphold')), 
	CONSTRAINT activity_held_beneficiaries CHECK (beneficiaries BETWEEN 0 AND 10000000), 
	CONSTRAINT activity_held_groups CHECK (ethnic_groups IS NULL OR ethnic_groups BETWEEN 1 AND 56), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT activity_held_line CHECK (line >= 1), 
	CONSTRAINT activity_held_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT activity_held_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT activity_held_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES activity_held (id), 
	FOREIGN KEY(activity_id) REFERENCES activity (id), 
	FOREIGN KEY(restores_id) REFERENCES activity_held (id)
)
 STRICT;
INSERT INTO "activity_held" VALUES(1,25,1,3,'2025-07-05','2025-07',1,NULL,1,'other','',0,NULL,NULL);
INSERT INTO "activity_held" VALUES(2,27,1,3,'2025-07-06','2025-07',1,NULL,2,'welfare','',0,NULL,NULL);
INSERT INTO "activity_held" VALUES(3,30,1,3,'2025-07-07','2025-07',1,NULL,3,'other','',0,NULL,NULL);
CREATE TABLE area (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	kind TEXT NOT NULL, 
	parent_id INTEGER, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	pinyin TEXT DEFAULT '' NOT NULL, 
	initials TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT area_kind CHECK ((kind = 'district' OR kind = 'subdistrict' OR kind = 'community' OR kind = 'grid')), 
	CONSTRAINT area_named CHECK (code <> '' AND name <> ''), 
	CONSTRAINT area_coded CHECK (code NOT GLOB '*[^A-Z0-9]*' AND length(code) <= 12), 
	UNIQUE (uid), 
	CONSTRAINT area_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(parent_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "area" VALUES(1,'01a21334-8d02-7734-bdd4-77fcf7869d92',2,2,0,'district',NULL,'HC','海城区','海城区','haichengqu','hcq');
INSERT INTO "area" VALUES(2,'01a21334-8d07-7081-ac5a-8fe165cd33f8',3,3,0,'subdistrict',1,'YM','驿马街道','驿马街道','yimajiedao','ymjd');
INSERT INTO "area" VALUES(3,'01a21334-8d0a-7260-b68b-77c3a7429276',4,4,0,'community',2,'XF','幸福里社区','幸福里社区','xingfulishequ','xflsq');
INSERT INTO "area" VALUES(4,'01a21334-8d0d-77b2-abec-62e195434f76',5,5,0,'community',2,'HP','和平社区','和平社区','hepingshequ','hpsq');
INSERT INTO "area" VALUES(5,'01a21334-8d1b-7656-a9cc-851e8aaa7fcc',6,6,0,'subdistrict',1,'HJ','海角街道','海角街道','haijiaojiedao','hjjd');
INSERT INTO "area" VALUES(6,'01a21334-8d1e-7641-8272-2a331d0f7f1c',7,7,0,'grid',3,'W1','第一网格','第一网格','diyiwangge','dywg');
CREATE TABLE area_founding (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT area_founding_line CHECK (line >= 1), 
	CONSTRAINT area_founding_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT area_founding_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT area_founding_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES area_founding (id), 
	FOREIGN KEY(restores_id) REFERENCES area_founding (id)
)
 STRICT;
INSERT INTO "area_founding" VALUES(1,4,1,3,'2022-01-01','2022-01',1,NULL,NULL);
INSERT INTO "area_founding" VALUES(2,5,1,4,'2022-01-01','2022-01',1,NULL,NULL);
CREATE TABLE arrival (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	response_event_id INTEGER NOT NULL, 
	dispatch_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	heads INTEGER NOT NULL, 
	party_members INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT arrival_people CHECK (heads BETWEEN 1 AND 100000), 
	CONSTRAINT arrival_party CHECK (party_members BETWEEN 0 AND heads), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT arrival_line CHECK (line >= 1), 
	CONSTRAINT arrival_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT arrival_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT arrival_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES arrival (id), 
	FOREIGN KEY(response_event_id) REFERENCES response_event (id), 
	FOREIGN KEY(dispatch_id) REFERENCES dispatch (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES arrival (id)
)
 STRICT;
INSERT INTO "arrival" VALUES(1,53,3,3,'2025-07-03','2025-07',1,NULL,13,1,5,5,2,NULL);
INSERT INTO "arrival" VALUES(2,53,4,3,'2025-07-03','2025-07',1,NULL,14,1,6,5,2,NULL);
INSERT INTO "arrival" VALUES(3,55,3,3,'2025-07-04','2025-07',1,NULL,16,2,5,5,2,NULL);
INSERT INTO "arrival" VALUES(4,55,4,3,'2025-07-04','2025-07',1,NULL,17,2,6,5,2,NULL);
CREATE TABLE arrival_reward (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	response_event_id INTEGER NOT NULL, 
	entry_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT arrival_reward_line CHECK (line >= 1), 
	CONSTRAINT arrival_reward_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT arrival_reward_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT arrival_reward_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES arrival_reward (id), 
	FOREIGN KEY(response_event_id) REFERENCES response_event (id), 
	FOREIGN KEY(entry_id) REFERENCES entry (id), 
	FOREIGN KEY(restores_id) REFERENCES arrival_reward (id)
)
 STRICT;
INSERT INTO "arrival_reward" VALUES(1,57,5,3,'2025-07-03','2025-07',1,NULL,13,21,NULL);
INSERT INTO "arrival_reward" VALUES(2,57,6,3,'2025-07-03','2025-07',1,NULL,14,22,NULL);
CREATE TABLE attending (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	meeting_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT attending_line CHECK (line >= 1), 
	CONSTRAINT attending_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT attending_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT attending_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES attending (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES attending (id)
)
 STRICT;
INSERT INTO "attending" VALUES(1,72,2,3,'2025-07-04','2025-07',1,NULL,1,12,NULL);
INSERT INTO "attending" VALUES(2,72,3,3,'2025-07-04','2025-07',1,NULL,1,13,NULL);
INSERT INTO "attending" VALUES(3,72,4,3,'2025-07-04','2025-07',1,NULL,1,14,NULL);
INSERT INTO "attending" VALUES(4,73,2,3,'2025-07-04','2025-07',1,NULL,2,12,NULL);
INSERT INTO "attending" VALUES(5,73,3,3,'2025-07-04','2025-07',1,NULL,2,13,NULL);
INSERT INTO "attending" VALUES(6,73,4,3,'2025-07-04','2025-07',1,NULL,2,14,NULL);
INSERT INTO "attending" VALUES(7,74,2,3,'2025-07-04','2025-07',1,NULL,3,12,NULL);
INSERT INTO "attending" VALUES(8,74,3,3,'2025-07-04','2025-07',1,NULL,3,13,NULL);
INSERT INTO "attending" VALUES(9,74,4,3,'2025-07-04','2025-07',1,NULL,3,14,NULL);
CREATE TABLE balance (
	partner_id INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	entry_id INTEGER, 
	PRIMARY KEY (partner_id), 
	CONSTRAINT balance_not_negative CHECK (points >= 0), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(entry_id) REFERENCES entry (id)
)
 STRICT;
INSERT INTO "balance" VALUES(1,590,20);
INSERT INTO "balance" VALUES(2,615,18);
INSERT INTO "balance" VALUES(3,610,16);
INSERT INTO "balance" VALUES(4,600,13);
INSERT INTO "balance" VALUES(5,3,21);
INSERT INTO "balance" VALUES(6,3,22);
INSERT INTO "balance" VALUES(7,0,NULL);
INSERT INTO "balance" VALUES(8,0,NULL);
INSERT INTO "balance" VALUES(9,0,NULL);
INSERT INTO "balance" VALUES(10,30,23);
INSERT INTO "balance" VALUES(11,30,24);
INSERT INTO "balance" VALUES(12,0,NULL);
INSERT INTO "balance" VALUES(13,0,NULL);
INSERT INTO "balance" VALUES(14,0,NULL);
INSERT INTO "balance" VALUES(15,0,NULL);
INSERT INTO "balance" VALUES(16,0,NULL);
INSERT INTO "balance" VALUES(17,0,NULL);
INSERT INTO "balance" VALUES(18,0,NULL);
INSERT INTO "balance" VALUES(19,0,NULL);
INSERT INTO "balance" VALUES(20,0,NULL);
INSERT INTO "balance" VALUES(21,0,NULL);
INSERT INTO "balance" VALUES(22,0,NULL);
INSERT INTO "balance" VALUES(23,0,NULL);
CREATE TABLE booking (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	venue_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'booked' NOT NULL, 
	day TEXT NOT NULL, 
	from_minute INTEGER NOT NULL, 
	to_minute INTEGER NOT NULL, 
	purpose TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT booking_status CHECK ((status = 'booked' OR status = 'used' OR status = 'cancelled')), 
	CONSTRAINT booking_day CHECK (day IS NULL OR (day IS date(day, '+0 days') AND length(day) = 10)), 
	CONSTRAINT booking_from CHECK (0 <= from_minute AND from_minute < to_minute), 
	CONSTRAINT booking_to CHECK (to_minute <= 1440), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT booking_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(venue_id) REFERENCES venue (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id)
)
 STRICT;
INSERT INTO "booking" VALUES(1,'01a21334-8e71-742d-9daa-af6ce192680e',121,121,0,3,1,'XF-Y0001',3,1,22,'used','2025-07-03',840,900,'');
INSERT INTO "booking" VALUES(2,'01a21334-8e75-729b-8103-0a6cdebf9f1d',122,122,0,3,2,'XF-Y0002',3,1,22,'used','2025-07-03',960,1020,'');
INSERT INTO "booking" VALUES(3,'01a21334-8e77-7461-80ba-712321fd5157',123,124,0,3,3,'XF-Y0003',3,1,22,'cancelled','2025-07-04',900,990,'');
INSERT INTO "booking" VALUES(4,'01a21334-8e7c-740a-b226-9c020988f18e',125,125,0,3,4,'XF-Y0004',3,1,22,'booked','2025-07-04',840,930,'');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	card TEXT NOT NULL, 
	card_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "change" VALUES(1,22,'partner',4,'community_id','3','4');
INSERT INTO "change" VALUES(2,43,'issue',1,'status','reported','resolved');
INSERT INTO "change" VALUES(3,53,'response',1,'status','called','arrived');
INSERT INTO "change" VALUES(4,53,'response',2,'status','called','arrived');
INSERT INTO "change" VALUES(5,54,'response',3,'status','called','answered');
INSERT INTO "change" VALUES(6,55,'response',5,'status','called','arrived');
INSERT INTO "change" VALUES(7,55,'response',6,'status','called','arrived');
INSERT INTO "change" VALUES(8,56,'response',7,'status','called','answered');
INSERT INTO "change" VALUES(9,57,'response',4,'status','called','silent');
INSERT INTO "change" VALUES(10,57,'dispatch',1,'status','open','finished');
INSERT INTO "change" VALUES(11,58,'dispatch',3,'remark','','待命');
INSERT INTO "change" VALUES(12,80,'resolution',3,'status','open','done');
INSERT INTO "change" VALUES(13,88,'need',2,'status','open','met');
INSERT INTO "change" VALUES(14,112,'project',1,'status','active','stopped');
INSERT INTO "change" VALUES(15,124,'booking',3,'status','booked','cancelled');
CREATE TABLE closed_month (
	community_id INTEGER NOT NULL, 
	month TEXT DEFAULT '' NOT NULL, 
	closing_id INTEGER, 
	PRIMARY KEY (community_id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(closing_id) REFERENCES period_closing (id)
)
 STRICT;
INSERT INTO "closed_month" VALUES(3,'2025-09',1);
INSERT INTO "closed_month" VALUES(4,'2025-09',2);
CREATE TABLE confirmation (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	participation_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT confirmation_line CHECK (line >= 1), 
	CONSTRAINT confirmation_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT confirmation_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT confirmation_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES confirmation (id), 
	FOREIGN KEY(participation_id) REFERENCES participation (id), 
	FOREIGN KEY(restores_id) REFERENCES confirmation (id)
)
 STRICT;
INSERT INTO "confirmation" VALUES(1,29,1,3,'2025-07-20','2025-07',1,NULL,4,NULL);
INSERT INTO "confirmation" VALUES(2,29,2,3,'2025-07-20','2025-07',1,NULL,5,NULL);
CREATE TABLE cooperation (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	meeting_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	with_id INTEGER, 
	offer_id INTEGER, 
	need_id INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT cooperation_pair CHECK (with_id <> partner_id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT cooperation_line CHECK (line >= 1), 
	CONSTRAINT cooperation_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT cooperation_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT cooperation_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES cooperation (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(with_id) REFERENCES partner (id), 
	FOREIGN KEY(offer_id) REFERENCES offer (id), 
	FOREIGN KEY(need_id) REFERENCES need (id), 
	FOREIGN KEY(restores_id) REFERENCES cooperation (id)
)
 STRICT;
INSERT INTO "cooperation" VALUES(1,83,1,3,'2025-07-04','2025-07',1,NULL,2,12,13,1,1,NULL);
INSERT INTO "cooperation" VALUES(2,84,1,3,'2025-07-04','2025-07',1,NULL,3,12,13,1,1,NULL);
CREATE TABLE dispatch (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	whistled_on TEXT NOT NULL, 
	whistled_at INTEGER NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT dispatch_titled CHECK (title_key <> ''), 
	CONSTRAINT dispatch_status CHECK ((status = 'open' OR status = 'finished')), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT dispatch_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "dispatch" VALUES(1,'01a21334-8dcc-764f-9d99-0bf07bc9ab48',50,57,0,3,1,'XF-C0001',3,'typhoon','台风','台风','','finished','2025-07-03',480,'');
INSERT INTO "dispatch" VALUES(2,'01a21334-8dd0-7024-b562-55d327292cb0',51,51,0,3,2,'XF-C0002',3,'typhoon','内涝','内涝','','open','2025-07-04',480,'');
INSERT INTO "dispatch" VALUES(3,'01a21334-8dd2-72c1-af68-921aa1e23c2b',52,58,0,3,3,'XF-C0003',3,'typhoon','倒树','倒树','','open','2025-07-05',480,'待命');
CREATE TABLE dispatch_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	dispatch_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	minute INTEGER NOT NULL, 
	minutes INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT dispatch_event_delta CHECK (delta IS CASE WHEN (event = 'whistled') THEN 1 WHEN (event = 'finished') THEN -1 END), 
	CONSTRAINT dispatch_event_kind CHECK ((kind = 'typhoon' OR kind = 'flood' OR kind = 'fire' OR kind = 'epidemic' OR kind = 'security' OR kind = 'environment' OR kind = 'other')), 
	CONSTRAINT dispatch_event_minute CHECK (minute BETWEEN 0 AND 1439), 
	CONSTRAINT dispatch_event_minutes CHECK (minutes >= 0), 
	CONSTRAINT dispatch_event_begins CHECK (event = 'finished' OR minutes = 0), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT dispatch_event_line CHECK (line >= 1), 
	CONSTRAINT dispatch_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT dispatch_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT dispatch_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES dispatch_event (id), 
	FOREIGN KEY(dispatch_id) REFERENCES dispatch (id), 
	FOREIGN KEY(restores_id) REFERENCES dispatch_event (id)
)
 STRICT;
INSERT INTO "dispatch_event" VALUES(1,50,1,3,'2025-07-03','2025-07',1,NULL,1,'typhoon','whistled',1,480,0,NULL);
INSERT INTO "dispatch_event" VALUES(2,51,1,3,'2025-07-04','2025-07',1,NULL,2,'typhoon','whistled',1,480,0,NULL);
INSERT INTO "dispatch_event" VALUES(3,52,1,3,'2025-07-05','2025-07',1,NULL,3,'typhoon','whistled',1,480,0,NULL);
INSERT INTO "dispatch_event" VALUES(4,57,2,3,'2025-07-03','2025-07',1,NULL,1,'typhoon','finished',-1,720,240,NULL);
CREATE TABLE entry (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	points INTEGER NOT NULL, 
	shortfall INTEGER DEFAULT 0 NOT NULL, 
	earned_on TEXT NOT NULL, 
	rule_version_id INTEGER, 
	participation_id INTEGER, 
	issue_help_id INTEGER, 
	redemption_id INTEGER, 
	pair_id INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT entry_kind CHECK ((kind = 'award' OR kind = 'redeem' OR kind = 'deduct' OR kind = 'expire' OR kind = 'opening' OR kind = 'transfer')), 
	CONSTRAINT entry_size CHECK (points BETWEEN -1000000 AND 1000000), 
	CONSTRAINT entry_shortfall CHECK (shortfall >= 0), 
	CONSTRAINT entry_not_empty CHECK (points <> 0 OR shortfall > 0 OR sign = -1 OR restores_id IS NOT NULL), 
	CONSTRAINT entry_direction CHECK (CASE kind WHEN 'award' THEN points * sign >= 0 WHEN 'opening' THEN points * sign >= 0 WHEN 'transfer' THEN 1 ELSE points * sign <= 0 END), 
	CONSTRAINT entry_earned CHECK (earned_on = happened_on OR (earned_on IS NULL OR (earned_on IS date(earned_on, '+0 days') AND length(earned_on) = 10))), 
	CONSTRAINT entry_slip CHECK ((kind = 'redeem') = (redemption_id IS NOT NULL)), 
	CONSTRAINT entry_incoming CHECK (pair_id IS NULL OR (kind = 'transfer' AND points > 0)), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT entry_line CHECK (line >= 1), 
	CONSTRAINT entry_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT entry_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT entry_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES entry (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(rule_version_id) REFERENCES rule_version (id), 
	FOREIGN KEY(participation_id) REFERENCES participation (id), 
	FOREIGN KEY(issue_help_id) REFERENCES issue_help (id), 
	FOREIGN KEY(redemption_id) REFERENCES redemption (id), 
	FOREIGN KEY(pair_id) REFERENCES entry (id), 
	FOREIGN KEY(restores_id) REFERENCES entry (id)
)
 STRICT;
INSERT INTO "entry" VALUES(1,13,1,3,'2025-01-01','2025-01',1,NULL,1,'award',300,0,'2025-01-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(2,14,1,3,'2025-01-02','2025-01',1,NULL,1,'award',300,0,'2025-01-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(3,15,1,3,'2025-01-01','2025-01',1,NULL,2,'award',300,0,'2025-01-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(4,16,1,3,'2025-01-02','2025-01',1,NULL,2,'award',300,0,'2025-01-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(5,17,1,3,'2025-01-01','2025-01',1,NULL,3,'award',300,0,'2025-01-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(6,18,1,3,'2025-01-02','2025-01',1,NULL,3,'award',300,0,'2025-01-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(7,19,1,3,'2025-01-01','2025-01',1,NULL,4,'award',300,0,'2025-01-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(8,20,1,3,'2025-01-02','2025-01',1,NULL,4,'award',300,0,'2025-01-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(9,21,1,3,'2025-07-20','2025-07',1,NULL,1,'deduct',-5,0,'2025-07-20',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(10,22,3,3,'2025-07-20','2025-07',1,NULL,4,'transfer',-300,0,'2025-01-01',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(11,22,4,4,'2025-07-20','2025-07',1,NULL,4,'transfer',300,0,'2025-01-01',NULL,NULL,NULL,NULL,10,NULL);
INSERT INTO "entry" VALUES(12,22,5,3,'2025-07-20','2025-07',1,NULL,4,'transfer',-300,0,'2025-01-02',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(13,22,6,4,'2025-07-20','2025-07',1,NULL,4,'transfer',300,0,'2025-01-02',NULL,NULL,NULL,NULL,12,NULL);
INSERT INTO "entry" VALUES(14,26,4,3,'2025-07-05','2025-07',1,NULL,1,'award',10,0,'2025-07-05',1,1,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(15,26,5,3,'2025-07-05','2025-07',1,NULL,2,'award',10,0,'2025-07-05',1,2,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(16,26,6,3,'2025-07-05','2025-07',1,NULL,3,'award',10,0,'2025-07-05',1,3,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(17,29,3,3,'2025-07-06','2025-07',1,NULL,1,'award',5,0,'2025-07-06',2,4,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(18,29,4,3,'2025-07-06','2025-07',1,NULL,2,'award',5,0,'2025-07-06',2,5,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(19,35,2,3,'2025-07-20','2025-07',1,NULL,1,'redeem',-10,0,'2025-07-20',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO "entry" VALUES(20,38,2,3,'2025-07-20','2025-07',1,NULL,1,'redeem',-10,0,'2025-07-20',NULL,NULL,NULL,2,NULL,NULL);
INSERT INTO "entry" VALUES(21,57,3,3,'2025-07-03','2025-07',1,NULL,5,'award',3,0,'2025-07-03',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(22,57,4,3,'2025-07-03','2025-07',1,NULL,6,'award',3,0,'2025-07-03',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(23,64,1,3,'2024-05-05','2024-05',1,NULL,10,'award',30,0,'2024-05-05',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "entry" VALUES(24,65,1,3,'2024-05-05','2024-05',1,NULL,11,'award',30,0,'2024-05-05',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE entry_tally (
	kind TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	entry_id INTEGER, 
	PRIMARY KEY (kind, counted_in, community_id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(entry_id) REFERENCES entry (id)
)
 STRICT;
INSERT INTO "entry_tally" VALUES('award','2025-01',3,2400,8);
INSERT INTO "entry_tally" VALUES('deduct','2025-07',3,-5,9);
INSERT INTO "entry_tally" VALUES('transfer','2025-07',3,-600,12);
INSERT INTO "entry_tally" VALUES('transfer','2025-07',4,600,13);
INSERT INTO "entry_tally" VALUES('award','2025-07',3,46,22);
INSERT INTO "entry_tally" VALUES('redeem','2025-07',3,-20,20);
INSERT INTO "entry_tally" VALUES('award','2024-05',3,60,24);
CREATE TABLE evaluation (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	project_id INTEGER NOT NULL, 
	asked INTEGER NOT NULL, 
	satisfied INTEGER NOT NULL, 
	attendance INTEGER, 
	cost_fen INTEGER, 
	need_met TEXT NOT NULL, 
	result TEXT NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT evaluation_asked CHECK (asked BETWEEN 0 AND 10000000), 
	CONSTRAINT evaluation_satisfied CHECK (satisfied BETWEEN 0 AND asked), 
	CONSTRAINT evaluation_attendance CHECK (attendance IS NULL OR attendance BETWEEN 0 AND 10000000), 
	CONSTRAINT evaluation_cost CHECK (cost_fen IS NULL OR cost_fen BETWEEN 0 AND 99999999999), 
	CONSTRAINT evaluation_need_met CHECK ((need_met = 'yes' OR need_met = 'partly' OR need_met = 'no')), 
	CONSTRAINT evaluation_result CHECK ((result = 'continue' OR result = 'adjust' OR result = 'stop' OR result = 'new')), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT evaluation_line CHECK (line >= 1), 
	CONSTRAINT evaluation_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT evaluation_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT evaluation_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES evaluation (id), 
	FOREIGN KEY(project_id) REFERENCES project (id), 
	FOREIGN KEY(restores_id) REFERENCES evaluation (id)
)
 STRICT;
INSERT INTO "evaluation" VALUES(1,114,1,3,'2025-07-05','2025-07',1,NULL,2,9,8,NULL,NULL,'no','new',NULL);
INSERT INTO "evaluation" VALUES(2,116,1,3,'2025-07-06','2025-07',1,NULL,2,9,8,NULL,NULL,'no','new',NULL);
CREATE TABLE honour (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	level TEXT NOT NULL, 
	given_by TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT honour_level CHECK ((level = 'community' OR level = 'subdistrict' OR level = 'district' OR level = 'city')), 
	CONSTRAINT honour_named CHECK (name <> ''), 
	UNIQUE (uid), 
	CONSTRAINT honour_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "honour" VALUES(1,'01a21334-8de6-761c-9992-c20b83cff9fa',63,63,0,'优秀合伙人','优秀合伙人','subdistrict','驿马街道');
CREATE TABLE honour_given (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	honour_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT honour_given_line CHECK (line >= 1), 
	CONSTRAINT honour_given_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT honour_given_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT honour_given_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES honour_given (id), 
	FOREIGN KEY(honour_id) REFERENCES honour (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES honour_given (id)
)
 STRICT;
INSERT INTO "honour_given" VALUES(1,63,1,3,'2025-07-01','2025-07',1,NULL,1,10,NULL);
INSERT INTO "honour_given" VALUES(2,63,2,3,'2025-07-01','2025-07',1,NULL,1,11,NULL);
CREATE TABLE issue (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'reported' NOT NULL, 
	category TEXT NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	reported_on TEXT NOT NULL, 
	due_on TEXT NOT NULL, 
	assignee TEXT DEFAULT '' NOT NULL, 
	duplicate_of_id INTEGER, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT issue_status CHECK ((status = 'reported' OR status = 'assigned' OR status = 'resolved' OR status = 'confirmed' OR status = 'duplicate')), 
	CONSTRAINT issue_titled CHECK (title <> ''), 
	CONSTRAINT issue_duplicate CHECK (duplicate_of_id IS NULL OR (status = 'duplicate' AND duplicate_of_id <> id)), 
	CONSTRAINT issue_reported CHECK (reported_on IS NULL OR (reported_on IS date(reported_on, '+0 days') AND length(reported_on) = 10)), 
	CONSTRAINT issue_due CHECK (due_on IS NULL OR (due_on IS date(due_on, '+0 days') AND length(due_on) = 10)), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT issue_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(duplicate_of_id) REFERENCES issue (id)
)
 STRICT;
INSERT INTO "issue" VALUES(1,'01a21334-8d76-7247-a604-f5e5bd708841',40,43,0,3,1,'XF-W0001',3,'resolved','LAMP','路灯不亮','路灯不亮','','2025-07-03','2025-07-08','',NULL,'');
INSERT INTO "issue" VALUES(2,'01a21334-8d79-766b-9ff6-38e408d41538',41,41,0,3,2,'XF-W0002',3,'reported','LAMP','路灯倒了','路灯倒了','','2025-07-03','2025-07-08','',NULL,'');
INSERT INTO "issue" VALUES(3,'01a21334-8d7b-736a-af1e-f4ab857b6315',42,42,0,3,3,'XF-W0003',3,'reported','LAMP','路灯太暗','路灯太暗','','2025-07-03','2025-07-08','',NULL,'');
CREATE TABLE issue_category (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	days INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT issue_category_named CHECK (code <> '' AND name <> ''), 
	CONSTRAINT issue_category_days CHECK (days BETWEEN 1 AND 3650), 
	UNIQUE (uid), 
	CONSTRAINT issue_category_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "issue_category" VALUES(1,'01a21334-8d74-7268-b84c-f4a8876a0d44',39,39,0,'LAMP','路灯',5);
CREATE TABLE issue_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	issue_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	category TEXT NOT NULL, 
	due_on TEXT, 
	reported INTEGER DEFAULT 0 NOT NULL, 
	open INTEGER DEFAULT 0 NOT NULL, 
	resolved INTEGER DEFAULT 0 NOT NULL, 
	confirmed INTEGER DEFAULT 0 NOT NULL, 
	beneficiaries INTEGER DEFAULT 0 NOT NULL, 
	satisfied INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT issue_event_counts CHECK (CASE event WHEN 'reported' THEN reported = 1 AND open = 1 AND resolved = 0 AND confirmed = 0 AND beneficiaries = 0 WHEN 'assigned' THEN reported = 0 AND open = 0 AND resolved = 0 AND confirmed = 0 AND beneficiaries = 0 WHEN 'resolved' THEN reported = 0 AND open = -1 AND resolved = 1 AND confirmed = 0 AND beneficiaries >= 0 WHEN 'confirmed' THEN reported = 0 AND open = 0 AND resolved = 0 AND confirmed = 1 AND beneficiaries = 0 WHEN 'reopened' THEN reported = 0 AND open = 1 AND resolved = -1 AND confirmed IN (0, -1) AND beneficiaries <= 0 WHEN 'duplicate' THEN reported = 0 AND open + resolved = -1 AND confirmed IN (0, -1) AND beneficiaries <= 0 END), 
	CONSTRAINT issue_event_units CHECK (open BETWEEN -1 AND 1 AND resolved BETWEEN -1 AND 1), 
	CONSTRAINT issue_event_beneficiaries CHECK (beneficiaries BETWEEN -10000000 AND 10000000), 
	CONSTRAINT issue_event_satisfied CHECK (satisfied IS NULL OR (event = 'confirmed' AND satisfied IN (0, 1))), 
	CONSTRAINT issue_event_due_day CHECK ((event = 'reported') = (due_on IS NOT NULL) AND (due_on IS NULL OR (due_on IS date(due_on, '+0 days') AND length(due_on) = 10))), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT issue_event_line CHECK (line >= 1), 
	CONSTRAINT issue_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT issue_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT issue_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES issue_event (id), 
	FOREIGN KEY(issue_id) REFERENCES issue (id), 
	FOREIGN KEY(restores_id) REFERENCES issue_event (id)
)
 STRICT;
INSERT INTO "issue_event" VALUES(1,40,1,3,'2025-07-03','2025-07',1,NULL,1,'reported','LAMP','2025-07-08',1,1,0,0,0,NULL,NULL);
INSERT INTO "issue_event" VALUES(2,41,1,3,'2025-07-03','2025-07',1,NULL,2,'reported','LAMP','2025-07-08',1,1,0,0,0,NULL,NULL);
INSERT INTO "issue_event" VALUES(3,42,1,3,'2025-07-03','2025-07',1,NULL,3,'reported','LAMP','2025-07-08',1,1,0,0,0,NULL,NULL);
INSERT INTO "issue_event" VALUES(4,43,1,3,'2025-07-20','2025-07',1,NULL,1,'resolved','LAMP',NULL,0,-1,1,0,9,NULL,NULL);
CREATE TABLE issue_help (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	issue_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT issue_help_line CHECK (line >= 1), 
	CONSTRAINT issue_help_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT issue_help_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT issue_help_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES issue_help (id), 
	FOREIGN KEY(issue_id) REFERENCES issue (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES issue_help (id)
)
 STRICT;
INSERT INTO "issue_help" VALUES(1,44,1,3,'2025-07-20','2025-07',1,NULL,1,1,NULL);
INSERT INTO "issue_help" VALUES(2,45,1,3,'2025-07-20','2025-07',1,NULL,1,2,NULL);
CREATE TABLE item (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	pinyin TEXT DEFAULT '' NOT NULL, 
	initials TEXT DEFAULT '' NOT NULL, 
	category TEXT DEFAULT 'goods' NOT NULL, 
	unit TEXT DEFAULT '件' NOT NULL, 
	quota_times INTEGER, 
	quota_period TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT item_category CHECK ((category = 'goods' OR category = 'coupon')), 
	CONSTRAINT item_quota CHECK ((quota_times IS NULL) = (quota_period IS NULL)), 
	CONSTRAINT item_quota_times CHECK (quota_times IS NULL OR quota_times >= 1), 
	CONSTRAINT item_quota_period CHECK (quota_period IS NULL OR (quota_period = 'day' OR quota_period = 'month' OR quota_period = 'quarter' OR quota_period = 'year')), 
	CONSTRAINT item_named CHECK (name <> ''), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT item_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "item" VALUES(1,'01a21334-8d5b-7470-92a1-e1715fbabf8e',31,31,0,3,1,'XF-S0001',3,'大米','大米','dami','dm','goods','件',1,'year');
INSERT INTO "item" VALUES(2,'01a21334-8d5d-74ed-aea6-c9df68737160',32,32,0,3,2,'XF-S0002',3,'油','油','you','y','goods','件',NULL,NULL);
CREATE TABLE item_price (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	item_id INTEGER NOT NULL, 
	price INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT item_price_size CHECK (price BETWEEN 1 AND 1000000), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT item_price_line CHECK (line >= 1), 
	CONSTRAINT item_price_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT item_price_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT item_price_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES item_price (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(restores_id) REFERENCES item_price (id)
)
 STRICT;
INSERT INTO "item_price" VALUES(1,31,1,3,'2025-01-01','2025-01',1,NULL,1,10,NULL);
INSERT INTO "item_price" VALUES(2,32,1,3,'2025-01-01','2025-01',1,NULL,2,10,NULL);
CREATE TABLE matter (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	text_key TEXT NOT NULL, 
	issue_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT matter_worded CHECK (text <> ''), 
	UNIQUE (uid), 
	CONSTRAINT matter_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(issue_id) REFERENCES issue (id)
)
 STRICT;
INSERT INTO "matter" VALUES(1,'01a21334-8e02-76e3-84a3-aca951773a88',78,78,0,1,'路灯','路灯',NULL);
INSERT INTO "matter" VALUES(2,'01a21334-8e04-71b4-bd2b-211ffb4e9a6a',79,79,0,1,'门禁','门禁',NULL);
CREATE TABLE meeting (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	held_on TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT meeting_titled CHECK (title <> ''), 
	CONSTRAINT meeting_day CHECK (held_on IS NULL OR (held_on IS date(held_on, '+0 days') AND length(held_on) = 10)), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT meeting_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "meeting" VALUES(1,'01a21334-8df4-70e6-a546-8c8cb5c5ed59',72,72,0,3,1,'XF-M0001',3,'联席会议','联席会议','2025-07-04','','');
INSERT INTO "meeting" VALUES(2,'01a21334-8df7-7179-a756-2ea50f84eb09',73,73,0,3,2,'XF-M0002',3,'对接会','对接会','2025-07-04','','');
INSERT INTO "meeting" VALUES(3,'01a21334-8df9-71a6-bb61-428d5d45c40c',74,74,0,3,3,'XF-M0003',3,'碰头会','碰头会','2025-07-04','','');
INSERT INTO "meeting" VALUES(4,'01a21334-8e5a-7509-b199-287608e5579e',110,110,0,3,4,'XF-M0004',3,'项目会','项目会','2025-07-10','','');
CREATE TABLE meeting_held (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	meeting_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	attendance INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT meeting_held_kind CHECK ((kind = 'joint' OR kind = 'matchmaking')), 
	CONSTRAINT meeting_held_attendance CHECK (attendance BETWEEN 0 AND 1000000), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT meeting_held_line CHECK (line >= 1), 
	CONSTRAINT meeting_held_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT meeting_held_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT meeting_held_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES meeting_held (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(restores_id) REFERENCES meeting_held (id)
)
 STRICT;
INSERT INTO "meeting_held" VALUES(1,72,1,3,'2025-07-04','2025-07',1,NULL,1,'joint',0,NULL);
INSERT INTO "meeting_held" VALUES(2,73,1,3,'2025-07-04','2025-07',1,NULL,2,'matchmaking',0,NULL);
INSERT INTO "meeting_held" VALUES(3,74,1,3,'2025-07-04','2025-07',1,NULL,3,'joint',0,NULL);
INSERT INTO "meeting_held" VALUES(4,110,1,3,'2025-07-10','2025-07',1,NULL,4,'joint',0,NULL);
CREATE TABLE need (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT need_status CHECK ((status = 'open' OR status = 'met' OR status = 'dropped')), 
	CONSTRAINT need_titled CHECK (title <> ''), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT need_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "need" VALUES(1,'01a21334-8e0e-7086-bc78-0a4da841cd8c',82,82,0,3,1,'XF-Q0001',3,'open','送茶','送茶','');
INSERT INTO "need" VALUES(2,'01a21334-8e16-710e-9349-0e7d81e1ba1a',85,88,0,3,2,'XF-Q0002',3,'met','补牙','补牙','');
INSERT INTO "need" VALUES(3,'01a21334-8e19-752c-ac9f-fc9fcb3ce317',86,86,0,3,3,'XF-Q0003',3,'open','助餐','助餐','');
INSERT INTO "need" VALUES(4,'01a21334-8e1b-709e-8ce3-dbf51db83b57',87,87,0,3,4,'XF-Q0004',3,'open','装扶手','装扶手','');
INSERT INTO "need" VALUES(5,'01a21334-8e5c-7398-872d-74151cc8370f',111,111,0,3,5,'XF-Q0005',3,'open','修伞','修伞','');
CREATE TABLE need_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	need_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	heads INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT need_event_delta CHECK (delta IS CASE WHEN (event = 'raised' OR event = 'reopened') THEN 1 WHEN (event = 'met' OR event = 'dropped') THEN -1 END), 
	CONSTRAINT need_event_category CHECK ((category = 'medical' OR category = 'elderly' OR category = 'childcare' OR category = 'meals' OR category = 'culture' OR category = 'repair' OR category = 'legal' OR category = 'jobs' OR category = 'other')), 
	CONSTRAINT need_event_heads CHECK (heads BETWEEN 1 AND 10000000), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT need_event_line CHECK (line >= 1), 
	CONSTRAINT need_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT need_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT need_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES need_event (id), 
	FOREIGN KEY(need_id) REFERENCES need (id), 
	FOREIGN KEY(restores_id) REFERENCES need_event (id)
)
 STRICT;
INSERT INTO "need_event" VALUES(1,82,1,3,'2025-07-04','2025-07',1,NULL,1,'raised',1,'meals',9,NULL);
INSERT INTO "need_event" VALUES(2,85,1,3,'2025-07-03','2025-07',1,NULL,2,'raised',1,'medical',40,NULL);
INSERT INTO "need_event" VALUES(3,86,1,3,'2025-07-03','2025-07',1,NULL,3,'raised',1,'medical',40,NULL);
INSERT INTO "need_event" VALUES(4,87,1,3,'2025-07-03','2025-07',1,NULL,4,'raised',1,'medical',40,NULL);
INSERT INTO "need_event" VALUES(5,88,1,3,'2025-07-08','2025-07',1,NULL,2,'met',-1,'medical',40,NULL);
INSERT INTO "need_event" VALUES(6,111,1,3,'2025-07-10','2025-07',1,NULL,5,'raised',1,'repair',9,NULL);
CREATE TABLE note (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	about_voucher_id INTEGER NOT NULL, 
	about_line INTEGER DEFAULT 0 NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (about_voucher_id, about_line), 
	UNIQUE (uid), 
	CONSTRAINT note_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(about_voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "note" VALUES(1,'01a21334-8d30-7318-b674-785271c1d720',13,13,0,13,1,'网格巡查');
INSERT INTO "note" VALUES(2,'01a21334-8d32-7797-9f66-c40e08f767af',14,14,0,14,1,'网格巡查');
INSERT INTO "note" VALUES(3,'01a21334-8d33-76bb-9550-075e86eaed9c',15,15,0,15,1,'网格巡查');
INSERT INTO "note" VALUES(4,'01a21334-8d34-766d-91d8-8148e89728e0',16,16,0,16,1,'网格巡查');
INSERT INTO "note" VALUES(5,'01a21334-8d36-7406-ba91-a0f0cf1919ed',17,17,0,17,1,'网格巡查');
INSERT INTO "note" VALUES(6,'01a21334-8d37-710e-aa3a-d5f248fbda16',18,18,0,18,1,'网格巡查');
INSERT INTO "note" VALUES(7,'01a21334-8d38-77a4-9c68-c03f7ed32907',19,19,0,19,1,'网格巡查');
INSERT INTO "note" VALUES(8,'01a21334-8d39-722b-b91a-811520334be7',20,20,0,20,1,'网格巡查');
INSERT INTO "note" VALUES(9,'01a21334-8d3b-72ad-9796-948c90f616af',21,21,0,21,1,'投诉');
CREATE TABLE offer (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	trade TEXT NOT NULL, 
	terms TEXT NOT NULL, 
	price_before INTEGER, 
	price_after INTEGER, 
	address TEXT DEFAULT '' NOT NULL, 
	opening_hours TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT offer_status CHECK ((status = 'open' OR status = 'closed' OR status = 'merged')), 
	CONSTRAINT offer_titled CHECK (title <> ''), 
	CONSTRAINT offer_trade CHECK ((trade = 'clothing' OR trade = 'food' OR trade = 'housing' OR trade = 'travel' OR trade = 'medical' OR trade = 'culture' OR trade = 'education' OR trade = 'elderly' OR trade = 'other')), 
	CONSTRAINT offer_terms CHECK ((terms = 'free' OR terms = 'discount' OR terms = 'lowcost')), 
	CONSTRAINT offer_before CHECK (price_before BETWEEN 0 AND 10000000000), 
	CONSTRAINT offer_after CHECK (price_after BETWEEN 0 AND 10000000000), 
	CONSTRAINT offer_cheaper CHECK (price_after < price_before OR (price_after = price_before AND terms = 'free')), 
	CONSTRAINT offer_paid CHECK (terms = 'free' OR (price_before <> 0 AND price_after <> 0)), 
	CONSTRAINT offer_free CHECK (terms <> 'free' OR ifnull(price_after, 0) = 0), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT offer_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id)
)
 STRICT;
INSERT INTO "offer" VALUES(1,'01a21334-8e0a-72a7-8db6-bb2e17b241ec',81,81,0,3,1,'XF-F0001',3,12,'open','喝茶','喝茶','other','free',NULL,NULL,'','','');
INSERT INTO "offer" VALUES(2,'01a21334-8e21-75c4-99e6-a800b7a4cad9',90,90,0,3,2,'XF-F0002',3,15,'open','改衣','改衣','clothing','free',2000,0,'','','');
INSERT INTO "offer" VALUES(3,'01a21334-8e23-7290-8700-bc04e9dfc5f7',91,91,0,3,3,'XF-F0003',3,15,'open','洗衣','洗衣','clothing','discount',2000,900,'','','');
INSERT INTO "offer" VALUES(4,'01a21334-8e26-735c-9bfb-4dcfa2b626c0',92,92,0,3,4,'XF-F0004',3,15,'open','补鞋','补鞋','clothing','lowcost',2000,500,'','','');
INSERT INTO "offer" VALUES(5,'01a21334-8e2a-7229-9b11-431a8093d8e7',94,94,0,3,5,'XF-F0005',3,15,'open','熨衣','熨衣','other','free',NULL,NULL,'','','');
INSERT INTO "offer" VALUES(6,'01a21334-8e2c-765d-bbb4-2e6ae8287dcf',95,95,0,3,6,'XF-F0006',3,16,'open','熨衣','熨衣','other','free',NULL,NULL,'','','');
CREATE TABLE offer_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	offer_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	trade TEXT NOT NULL, 
	terms TEXT NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT offer_event_delta CHECK (delta IS CASE WHEN (event = 'opened') THEN 1 WHEN (event = 'closed' OR event = 'merged') THEN -1 END), 
	CONSTRAINT offer_event_trade CHECK ((trade = 'clothing' OR trade = 'food' OR trade = 'housing' OR trade = 'travel' OR trade = 'medical' OR trade = 'culture' OR trade = 'education' OR trade = 'elderly' OR trade = 'other')), 
	CONSTRAINT offer_event_terms CHECK ((terms = 'free' OR terms = 'discount' OR terms = 'lowcost')), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT offer_event_line CHECK (line >= 1), 
	CONSTRAINT offer_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT offer_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT offer_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES offer_event (id), 
	FOREIGN KEY(offer_id) REFERENCES offer (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES offer_event (id)
)
 STRICT;
INSERT INTO "offer_event" VALUES(1,81,1,3,'2025-07-03','2025-07',1,NULL,1,12,'opened',1,'other','free',NULL);
INSERT INTO "offer_event" VALUES(2,90,1,3,'2025-07-03','2025-07',1,NULL,2,15,'opened',1,'clothing','free',NULL);
INSERT INTO "offer_event" VALUES(3,91,1,3,'2025-07-03','2025-07',1,NULL,3,15,'opened',1,'clothing','discount',NULL);
INSERT INTO "offer_event" VALUES(4,92,1,3,'2025-07-03','2025-07',1,NULL,4,15,'opened',1,'clothing','lowcost',NULL);
INSERT INTO "offer_event" VALUES(5,94,1,3,'2025-07-03','2025-07',1,NULL,5,15,'opened',1,'other','free',NULL);
INSERT INTO "offer_event" VALUES(6,95,1,3,'2025-07-03','2025-07',1,NULL,6,16,'opened',1,'other','free',NULL);
CREATE TABLE offer_use (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	offer_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	times INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT offer_use_times CHECK (times BETWEEN 1 AND 1000000), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT offer_use_line CHECK (line >= 1), 
	CONSTRAINT offer_use_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT offer_use_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT offer_use_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES offer_use (id), 
	FOREIGN KEY(offer_id) REFERENCES offer (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES offer_use (id)
)
 STRICT;
INSERT INTO "offer_use" VALUES(1,96,1,3,'2025-07-05','2025-07',1,NULL,3,15,3,NULL);
INSERT INTO "offer_use" VALUES(2,97,1,3,'2025-07-05','2025-07',1,NULL,4,15,3,NULL);
CREATE TABLE operator (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	CONSTRAINT operator_name CHECK (trim(name) <> ''), 
	UNIQUE (uid), 
	CONSTRAINT operator_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "operator" VALUES(1,'01a21334-8cdb-73df-a71e-c3cb3ed609ec',1,1,0,'李梅');
CREATE TABLE organising (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	activity_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT organising_line CHECK (line >= 1), 
	CONSTRAINT organising_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT organising_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT organising_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES organising (id), 
	FOREIGN KEY(activity_id) REFERENCES activity (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES organising (id)
)
 STRICT;
INSERT INTO "organising" VALUES(1,25,2,3,'2025-07-05','2025-07',1,NULL,1,1,NULL);
INSERT INTO "organising" VALUES(2,25,3,3,'2025-07-05','2025-07',1,NULL,1,2,NULL);
CREATE TABLE pairing (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	community_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'active' NOT NULL, 
	links TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT pairing_status CHECK ((status = 'active' OR status = 'ended' OR status = 'merged')), 
	CONSTRAINT pairing_links CHECK (links = ltrim(iif(',' || links || ',' LIKE '%,party,%', ',party', '') || iif(',' || links || ',' LIKE '%,members,%', ',members', '') || iif(',' || links || ',' LIKE '%,venues,%', ',venues', '') || iif(',' || links || ',' LIKE '%,activities,%', ',activities', '') || iif(',' || links || ',' LIKE '%,resources,%', ',resources', '') || iif(',' || links || ',' LIKE '%,services,%', ',services', ''), ',')), 
	UNIQUE (uid), 
	CONSTRAINT pairing_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id)
)
 STRICT;
INSERT INTO "pairing" VALUES(1,'01a21334-8e45-7614-b6d7-27c997e10926',99,99,0,3,17,'active','party','');
INSERT INTO "pairing" VALUES(2,'01a21334-8e4a-7120-a883-f6a758f56bdc',101,101,0,3,18,'active','party','');
INSERT INTO "pairing" VALUES(3,'01a21334-8e4d-754f-89a4-0e5a0e7a5220',103,103,0,3,19,'active','party','');
CREATE TABLE pairing_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	pairing_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	links TEXT DEFAULT '' NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT pairing_event_delta CHECK (delta IS CASE WHEN (event = 'started') THEN 1 WHEN (event = 'ended' OR event = 'merged') THEN -1 END), 
	CONSTRAINT pairing_event_links CHECK (links = ltrim(iif(',' || links || ',' LIKE '%,party,%', ',party', '') || iif(',' || links || ',' LIKE '%,members,%', ',members', '') || iif(',' || links || ',' LIKE '%,venues,%', ',venues', '') || iif(',' || links || ',' LIKE '%,activities,%', ',activities', '') || iif(',' || links || ',' LIKE '%,resources,%', ',resources', '') || iif(',' || links || ',' LIKE '%,services,%', ',services', ''), ',')), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT pairing_event_line CHECK (line >= 1), 
	CONSTRAINT pairing_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT pairing_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT pairing_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES pairing_event (id), 
	FOREIGN KEY(pairing_id) REFERENCES pairing (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES pairing_event (id)
)
 STRICT;
INSERT INTO "pairing_event" VALUES(1,99,1,3,'2025-07-03','2025-07',1,NULL,1,17,'started',1,'party',NULL);
INSERT INTO "pairing_event" VALUES(2,101,1,3,'2025-07-03','2025-07',1,NULL,2,18,'started',1,'party',NULL);
INSERT INTO "pairing_event" VALUES(3,103,1,3,'2025-07-03','2025-07',1,NULL,3,19,'started',1,'party',NULL);
CREATE TABLE participation (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	activity_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	role TEXT DEFAULT 'member' NOT NULL, 
	minutes INTEGER NOT NULL, 
	rule_version_id INTEGER, 
	needs_confirmer INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT participation_role CHECK ((role = 'member' OR role = 'volunteer' OR role = 'organiser' OR role = 'leader' OR role = 'speaker' OR role = 'other')), 
	CONSTRAINT participation_minutes CHECK (minutes BETWEEN 0 AND 1440), 
	CONSTRAINT participation_confirmer CHECK (needs_confirmer IN (0, 1)), 
	CONSTRAINT participation_rule CHECK (rule_version_id IS NOT NULL OR needs_confirmer = 0), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT participation_line CHECK (line >= 1), 
	CONSTRAINT participation_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT participation_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT participation_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES participation (id), 
	FOREIGN KEY(activity_id) REFERENCES activity (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(rule_version_id) REFERENCES rule_version (id), 
	FOREIGN KEY(restores_id) REFERENCES participation (id)
)
 STRICT;
INSERT INTO "participation" VALUES(1,26,1,3,'2025-07-05','2025-07',1,NULL,1,1,'member',60,1,0,NULL);
INSERT INTO "participation" VALUES(2,26,2,3,'2025-07-05','2025-07',1,NULL,1,2,'member',60,1,0,NULL);
INSERT INTO "participation" VALUES(3,26,3,3,'2025-07-05','2025-07',1,NULL,1,3,'member',60,1,0,NULL);
INSERT INTO "participation" VALUES(4,28,1,3,'2025-07-06','2025-07',1,NULL,2,1,'member',60,2,1,NULL);
INSERT INTO "participation" VALUES(5,28,2,3,'2025-07-06','2025-07',1,NULL,2,2,'member',60,2,1,NULL);
INSERT INTO "participation" VALUES(6,28,3,3,'2025-07-06','2025-07',1,NULL,2,3,'member',60,2,1,NULL);
CREATE TABLE participation_tally (
	counted_in TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	times INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	participation_id INTEGER, 
	PRIMARY KEY (counted_in, community_id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(participation_id) REFERENCES participation (id)
)
 STRICT;
INSERT INTO "participation_tally" VALUES('2025-07',3,6,360,6);
CREATE TABLE partner (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	grid_id INTEGER, 
	kind TEXT NOT NULL, 
	status TEXT DEFAULT 'active' NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	short_key TEXT DEFAULT '' NOT NULL, 
	pinyin TEXT DEFAULT '' NOT NULL, 
	initials TEXT DEFAULT '' NOT NULL, 
	short_pinyin TEXT DEFAULT '' NOT NULL, 
	short_initials TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	phone_tail TEXT DEFAULT '' NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	skills TEXT DEFAULT '' NOT NULL, 
	contact TEXT DEFAULT '' NOT NULL, 
	address TEXT DEFAULT '' NOT NULL, 
	credit_code TEXT DEFAULT '' NOT NULL, 
	members INTEGER, 
	joined_on TEXT NOT NULL, 
	merged_into_id INTEGER, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT partner_kind CHECK ((kind = 'individual' OR kind = 'group' OR kind = 'business')), 
	CONSTRAINT partner_status CHECK ((status = 'active' OR status = 'suspended' OR status = 'left' OR status = 'merged')), 
	CONSTRAINT partner_named CHECK (name <> '' AND name_key <> ''), 
	CONSTRAINT partner_joined CHECK (joined_on IS NULL OR (joined_on IS date(joined_on, '+0 days') AND length(joined_on) = 10)), 
	CONSTRAINT partner_members CHECK (members IS NULL OR members BETWEEN 1 AND 1000000), 
	CONSTRAINT partner_of_its_kind CHECK (kind <> 'individual' OR (members IS NULL AND contact = '' AND credit_code = '')), 
	CONSTRAINT partner_merged CHECK ((status = 'merged') = (merged_into_id IS NOT NULL)), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT partner_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(grid_id) REFERENCES area (id), 
	FOREIGN KEY(merged_into_id) REFERENCES partner (id)
)
 STRICT;
INSERT INTO "partner" VALUES(1,'01a21334-8d22-717f-afad-b033f365345f',9,9,0,3,1,'XF-P0001',3,NULL,'individual','active','武玉侪','武玉侪','','wuyuchai','wyc','','','13800000000','0000','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(2,'01a21334-8d25-7059-91b7-b5c6909fa783',10,10,0,3,2,'XF-P0002',3,NULL,'individual','active','陈一','陈一','','chenyi','cy','','','13800000001','0001','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(3,'01a21334-8d27-75d0-b9c3-5e3c49d58da6',11,11,0,3,3,'XF-P0003',3,NULL,'individual','active','陈二','陈二','','chener','ce','','','13800000002','0002','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(4,'01a21334-8d28-7444-833c-b924c4489439',12,22,0,3,4,'XF-P0004',4,NULL,'individual','active','陈三','陈三','','chensan','cs','','','13800000003','0003','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(5,'01a21334-8dc6-71eb-9f3e-6d9e47b7739d',46,46,0,3,5,'XF-P0005',3,NULL,'group','active','应急队甲','应急队甲','应急队甲','yingjiduijia','yjdj','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(6,'01a21334-8dc7-7588-83d4-0bf3c17b43d3',47,47,0,3,6,'XF-P0006',3,NULL,'group','active','应急队乙','应急队乙','应急队乙','yingjiduiyi','yjdy','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(7,'01a21334-8dc9-7193-a327-0a5de8104f18',48,48,0,3,7,'XF-P0007',3,NULL,'group','active','应急队丙','应急队丙','应急队丙','yingjiduibing','yjdb','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(8,'01a21334-8dcb-767c-bf25-031aabaa2d93',49,49,0,3,8,'XF-P0008',3,NULL,'group','active','应急队丁','应急队丁','应急队丁','yingjiduiding','yjdd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(9,'01a21334-8de0-7317-8e10-a9c8c565be34',59,59,0,3,9,'XF-P0009',3,NULL,'group','active','应急队戊','应急队戊','应急队戊','yingjiduiwu','yjdw','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(10,'01a21334-8de3-73ab-8e37-5a7aa65bffb3',61,61,0,3,10,'XF-P0010',3,NULL,'individual','active','莫大姐','莫大姐','','modajie','mdj','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(11,'01a21334-8de4-72e3-a5a2-fb27e1294f20',62,62,0,3,11,'XF-P0011',3,NULL,'individual','active','廖阿婆','廖阿婆','','liaoapo','lap','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(12,'01a21334-8df0-7141-9e3c-c15703e06174',69,69,0,3,12,'XF-P0012',3,NULL,'business','active','茶馆','茶馆','茶馆','chaguan','cg','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(13,'01a21334-8df1-77ad-b47d-a69ca023c09e',70,70,0,3,13,'XF-P0013',3,NULL,'business','active','书店','书店','书店','shudian','sd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(14,'01a21334-8df3-713b-a8bb-ce1880ec588a',71,71,0,3,14,'XF-P0014',3,NULL,'business','active','米店','米店','米店','midian','md','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(15,'01a21334-8e1f-77e3-8dc1-0d5f3e19031b',89,89,0,3,15,'XF-P0015',3,NULL,'business','active','衣之家','衣之家','衣之家','yizhijia','yzj','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(16,'01a21334-8e28-72ce-af27-4a43bc53fa5e',93,93,0,3,16,'XF-P0016',3,NULL,'business','active','干洗店','干洗店','干洗店','ganxidian','gxd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(17,'01a21334-8e32-71f8-b1d6-a8bc0c9fa5bf',98,98,0,3,17,'XF-P0017',3,NULL,'business','active','柏乐口腔','柏乐口腔','柏乐口腔','bailekouqiang','blkq','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(18,'01a21334-8e49-722f-b87b-5dcc701f2492',100,100,0,3,18,'XF-P0018',3,NULL,'business','active','家政协会','家政协会','家政','jiazhengxiehui','jzxh','jiazheng','jz','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(19,'01a21334-8e4c-7129-9418-34c5d5b395b8',102,102,0,3,19,'XF-P0019',3,NULL,'business','active','义工队','义工队','义工队','yigongdui','ygd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(20,'01a21334-8e4f-71ca-91bd-488f1832be45',104,104,0,3,20,'XF-P0020',3,NULL,'business','active','理发店','理发店','理发店','lifadian','lfd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(21,'01a21334-8e50-73e1-9301-3c6a28878e8b',105,105,0,3,21,'XF-P0021',3,NULL,'business','active','修鞋店','修鞋店','修鞋店','xiuxiedian','xxd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(22,'01a21334-8e6f-71cb-b1c7-10adce3f9ebf',120,120,0,3,22,'XF-P0022',3,NULL,'business','active','老友粉店','老友粉店','老友粉店','laoyoufendian','lyfd','','','','','','','','','',NULL,'2024-01-01',NULL,'');
INSERT INTO "partner" VALUES(23,'01a21334-8e82-75b7-ae03-89f10acedbc7',128,128,0,3,23,'XF-P0023',3,NULL,'individual','active','陈四','陈四','','chensi','cs','','','','','','','','','',NULL,'2024-01-01',NULL,'');
CREATE TABLE period_closing (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	month TEXT NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT period_closing_of CHECK (month IS substr(date(month || '-01'), 1, 7)), 
	CONSTRAINT period_closing_later CHECK (counted_in > month), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT period_closing_line CHECK (line >= 1), 
	CONSTRAINT period_closing_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT period_closing_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT period_closing_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES period_closing (id), 
	FOREIGN KEY(restores_id) REFERENCES period_closing (id)
)
 STRICT;
INSERT INTO "period_closing" VALUES(1,129,1,3,'2025-11-20','2025-11',1,NULL,'2025-09',NULL);
INSERT INTO "period_closing" VALUES(2,129,2,4,'2025-11-20','2025-11',1,NULL,'2025-09',NULL);
CREATE TABLE project (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'active' NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	need_id INTEGER, 
	meeting_id INTEGER, 
	evaluation_id INTEGER, 
	evaluate_every INTEGER DEFAULT 0 NOT NULL, 
	next_evaluation_on TEXT, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT project_status CHECK ((status = 'active' OR status = 'stopped' OR status = 'finished')), 
	CONSTRAINT project_titled CHECK (title <> ''), 
	CONSTRAINT project_every CHECK (evaluate_every BETWEEN 0 AND 120), 
	CONSTRAINT project_next CHECK (next_evaluation_on IS NULL OR (next_evaluation_on IS date(next_evaluation_on, '+0 days') AND length(next_evaluation_on) = 10)), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT project_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(need_id) REFERENCES need (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(evaluation_id) REFERENCES evaluation (id)
)
 STRICT;
INSERT INTO "project" VALUES(1,'01a21334-8e52-7128-9588-93f557d3125f',106,112,0,3,1,'XF-X0001',3,'stopped','居家助老','居家助老','',NULL,NULL,NULL,0,NULL,'');
INSERT INTO "project" VALUES(2,'01a21334-8e54-70f7-8817-e5f4be1bf16f',107,107,0,3,2,'XF-X0002',3,'active','上门理发','上门理发','',NULL,NULL,NULL,0,NULL,'');
INSERT INTO "project" VALUES(3,'01a21334-8e56-767b-854e-c415e99bb708',108,108,0,3,3,'XF-X0003',3,'active','修鞋','修鞋','',NULL,NULL,NULL,0,NULL,'');
INSERT INTO "project" VALUES(4,'01a21334-8e58-745d-b55a-30a4fdd78a09',109,109,0,3,4,'XF-X0004',3,'active','送餐','送餐','',NULL,NULL,NULL,0,NULL,'');
CREATE TABLE project_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	project_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT project_event_delta CHECK (delta IS CASE WHEN (event = 'landed' OR event = 'resumed') THEN 1 WHEN (event = 'stopped' OR event = 'finished') THEN -1 WHEN (event = 'adjusted') THEN 0 END), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT project_event_line CHECK (line >= 1), 
	CONSTRAINT project_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT project_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT project_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES project_event (id), 
	FOREIGN KEY(project_id) REFERENCES project (id), 
	FOREIGN KEY(restores_id) REFERENCES project_event (id)
)
 STRICT;
INSERT INTO "project_event" VALUES(1,106,1,3,'2025-07-03','2025-07',1,NULL,1,'landed',1,NULL);
INSERT INTO "project_event" VALUES(2,107,1,3,'2025-07-03','2025-07',1,NULL,2,'landed',1,NULL);
INSERT INTO "project_event" VALUES(3,108,1,3,'2025-07-03','2025-07',1,NULL,3,'landed',1,NULL);
INSERT INTO "project_event" VALUES(4,109,1,3,'2025-07-03','2025-07',1,NULL,4,'landed',1,NULL);
INSERT INTO "project_event" VALUES(5,112,1,3,'2025-07-18','2025-07',1,NULL,1,'stopped',-1,NULL);
CREATE TABLE project_partner (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	project_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	delta INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT project_partner_delta CHECK (delta IN (-1, 1)), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT project_partner_line CHECK (line >= 1), 
	CONSTRAINT project_partner_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT project_partner_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT project_partner_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES project_partner (id), 
	FOREIGN KEY(project_id) REFERENCES project (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES project_partner (id)
)
 STRICT;
INSERT INTO "project_partner" VALUES(1,106,2,3,'2025-07-03','2025-07',1,NULL,1,20,1,NULL);
INSERT INTO "project_partner" VALUES(2,106,3,3,'2025-07-03','2025-07',1,NULL,1,21,1,NULL);
INSERT INTO "project_partner" VALUES(3,107,2,3,'2025-07-03','2025-07',1,NULL,2,20,1,NULL);
INSERT INTO "project_partner" VALUES(4,107,3,3,'2025-07-03','2025-07',1,NULL,2,21,1,NULL);
INSERT INTO "project_partner" VALUES(5,108,2,3,'2025-07-03','2025-07',1,NULL,3,20,1,NULL);
INSERT INTO "project_partner" VALUES(6,108,3,3,'2025-07-03','2025-07',1,NULL,3,21,1,NULL);
INSERT INTO "project_partner" VALUES(7,109,2,3,'2025-07-03','2025-07',1,NULL,4,20,1,NULL);
INSERT INTO "project_partner" VALUES(8,109,3,3,'2025-07-03','2025-07',1,NULL,4,21,1,NULL);
CREATE TABLE project_presence (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	session_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT project_presence_line CHECK (line >= 1), 
	CONSTRAINT project_presence_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT project_presence_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT project_presence_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES project_presence (id), 
	FOREIGN KEY(session_id) REFERENCES project_session (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES project_presence (id)
)
 STRICT;
INSERT INTO "project_presence" VALUES(1,113,2,3,'2025-07-05','2025-07',1,NULL,1,20,NULL);
INSERT INTO "project_presence" VALUES(2,113,3,3,'2025-07-05','2025-07',1,NULL,1,21,NULL);
INSERT INTO "project_presence" VALUES(3,115,2,3,'2025-07-06','2025-07',1,NULL,2,20,NULL);
INSERT INTO "project_presence" VALUES(4,115,3,3,'2025-07-06','2025-07',1,NULL,2,21,NULL);
CREATE TABLE project_session (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	project_id INTEGER NOT NULL, 
	served INTEGER NOT NULL, 
	minutes INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT project_session_served CHECK (served BETWEEN 0 AND 10000000), 
	CONSTRAINT project_session_minutes CHECK (minutes BETWEEN 0 AND 1440), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT project_session_line CHECK (line >= 1), 
	CONSTRAINT project_session_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT project_session_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT project_session_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES project_session (id), 
	FOREIGN KEY(project_id) REFERENCES project (id), 
	FOREIGN KEY(restores_id) REFERENCES project_session (id)
)
 STRICT;
INSERT INTO "project_session" VALUES(1,113,1,3,'2025-07-05','2025-07',1,NULL,1,9,60,NULL);
INSERT INTO "project_session" VALUES(2,115,1,3,'2025-07-06','2025-07',1,NULL,1,9,60,NULL);
INSERT INTO "project_session" VALUES(3,117,1,3,'2025-07-12','2025-07',1,NULL,4,9,0,NULL);
CREATE TABLE redemption (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT redemption_points CHECK (points BETWEEN 1 AND 1000000), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT redemption_line CHECK (line >= 1), 
	CONSTRAINT redemption_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT redemption_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT redemption_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES redemption (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES redemption (id)
)
 STRICT;
INSERT INTO "redemption" VALUES(1,35,1,3,'2025-07-20','2025-07',1,NULL,1,10,NULL);
INSERT INTO "redemption" VALUES(2,38,1,3,'2025-07-20','2025-07',1,NULL,1,10,NULL);
CREATE TABLE resolution (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	issuer_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	community_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	title TEXT NOT NULL, 
	title_key TEXT NOT NULL, 
	owner TEXT DEFAULT '' NOT NULL, 
	partner_id INTEGER, 
	due_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT resolution_status CHECK ((status = 'open' OR status = 'done' OR status = 'dropped')), 
	CONSTRAINT resolution_titled CHECK (title <> ''), 
	CONSTRAINT resolution_due_day CHECK (due_on IS NULL OR (due_on IS date(due_on, '+0 days') AND length(due_on) = 10)), 
	UNIQUE (code), 
	UNIQUE (issuer_id, number), 
	UNIQUE (uid), 
	CONSTRAINT resolution_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(issuer_id) REFERENCES area (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(meeting_id) REFERENCES meeting (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id)
)
 STRICT;
INSERT INTO "resolution" VALUES(1,'01a21334-8dfa-76ad-8dce-6f1a6eb0f693',75,75,0,3,1,'XF-J0001',3,1,'open','修路灯','修路灯','',NULL,'2025-08-01');
INSERT INTO "resolution" VALUES(2,'01a21334-8e00-721e-847b-005bedea0334',76,76,0,3,2,'XF-J0002',3,1,'open','改门禁','改门禁','',NULL,'2025-08-01');
INSERT INTO "resolution" VALUES(3,'01a21334-8e01-72ff-94c9-26fd697e8465',77,80,0,3,3,'XF-J0003',3,1,'done','装扶手','装扶手','',NULL,'2025-08-01');
CREATE TABLE resolution_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	resolution_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	done INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT resolution_event_delta CHECK (delta IS CASE WHEN (event = 'made' OR event = 'reopened') THEN 1 WHEN (event = 'done' OR event = 'dropped') THEN -1 END), 
	CONSTRAINT resolution_event_done CHECK (CASE event WHEN 'done' THEN done = 1 WHEN 'reopened' THEN done IN (-1, 0) ELSE done = 0 END), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT resolution_event_line CHECK (line >= 1), 
	CONSTRAINT resolution_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT resolution_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT resolution_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES resolution_event (id), 
	FOREIGN KEY(resolution_id) REFERENCES resolution (id), 
	FOREIGN KEY(restores_id) REFERENCES resolution_event (id)
)
 STRICT;
INSERT INTO "resolution_event" VALUES(1,75,1,3,'2025-07-04','2025-07',1,NULL,1,'made',1,0,NULL);
INSERT INTO "resolution_event" VALUES(2,76,1,3,'2025-07-04','2025-07',1,NULL,2,'made',1,0,NULL);
INSERT INTO "resolution_event" VALUES(3,77,1,3,'2025-07-04','2025-07',1,NULL,3,'made',1,0,NULL);
INSERT INTO "resolution_event" VALUES(4,80,1,3,'2025-07-08','2025-07',1,NULL,3,'done',-1,1,NULL);
CREATE TABLE response (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	community_id INTEGER NOT NULL, 
	dispatch_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	status TEXT DEFAULT 'called' NOT NULL, 
	instead_of_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT response_status CHECK ((status = 'called' OR status = 'answered' OR status = 'arrived' OR status = 'left' OR status = 'declined' OR status = 'silent' OR status = 'returned')), 
	UNIQUE (uid), 
	CONSTRAINT response_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(dispatch_id) REFERENCES dispatch (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(instead_of_id) REFERENCES response (id)
)
 STRICT;
INSERT INTO "response" VALUES(1,'01a21334-8dcd-72fb-8484-87c3f859cfac',50,53,0,3,1,5,'arrived',NULL);
INSERT INTO "response" VALUES(2,'01a21334-8dcd-72fb-8484-87c463a21043',50,53,0,3,1,6,'arrived',NULL);
INSERT INTO "response" VALUES(3,'01a21334-8dcd-72fb-8484-87c5c34b1ed4',50,54,0,3,1,7,'answered',NULL);
INSERT INTO "response" VALUES(4,'01a21334-8dcd-72fb-8484-87c63bc20dff',50,57,0,3,1,8,'silent',NULL);
INSERT INTO "response" VALUES(5,'01a21334-8dd0-7024-b562-55d4d7446989',51,55,0,3,2,5,'arrived',NULL);
INSERT INTO "response" VALUES(6,'01a21334-8dd0-7024-b562-55d5db31fc44',51,55,0,3,2,6,'arrived',NULL);
INSERT INTO "response" VALUES(7,'01a21334-8dd0-7024-b562-55d6a657363f',51,56,0,3,2,7,'answered',NULL);
INSERT INTO "response" VALUES(8,'01a21334-8dd0-7024-b562-55d7f8685b78',51,51,0,3,2,8,'called',NULL);
INSERT INTO "response" VALUES(9,'01a21334-8dd2-72c1-af68-921bea0fc95b',52,52,0,3,3,5,'called',NULL);
INSERT INTO "response" VALUES(10,'01a21334-8dd2-72c1-af68-921caadf35a8',52,52,0,3,3,6,'called',NULL);
INSERT INTO "response" VALUES(11,'01a21334-8dd2-72c1-af68-921d43f84906',52,52,0,3,3,7,'called',NULL);
INSERT INTO "response" VALUES(12,'01a21334-8dd2-72c1-af68-921e7a85ce2f',52,52,0,3,3,8,'called',NULL);
INSERT INTO "response" VALUES(13,'01a21334-8de1-7790-ad13-085462900bad',60,60,0,3,3,9,'called',NULL);
CREATE TABLE response_event (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	response_id INTEGER NOT NULL, 
	dispatch_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	minute INTEGER NOT NULL, 
	minutes INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT response_event_delta CHECK (delta IS CASE WHEN (event = 'called') THEN 1 WHEN (event = 'left' OR event = 'declined' OR event = 'silent' OR event = 'returned') THEN -1 WHEN (event = 'answered' OR event = 'arrived') THEN 0 END), 
	CONSTRAINT response_event_minute CHECK (minute BETWEEN 0 AND 1439), 
	CONSTRAINT response_event_minutes CHECK (minutes >= 0), 
	CONSTRAINT response_event_begins CHECK (event <> 'called' OR minutes = 0), 
	CONSTRAINT response_event_round CHECK (round >= 1), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT response_event_line CHECK (line >= 1), 
	CONSTRAINT response_event_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT response_event_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT response_event_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES response_event (id), 
	FOREIGN KEY(response_id) REFERENCES response (id), 
	FOREIGN KEY(dispatch_id) REFERENCES dispatch (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES response_event (id)
)
 STRICT;
INSERT INTO "response_event" VALUES(1,50,2,3,'2025-07-03','2025-07',1,NULL,1,1,5,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(2,50,3,3,'2025-07-03','2025-07',1,NULL,2,1,6,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(3,50,4,3,'2025-07-03','2025-07',1,NULL,3,1,7,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(4,50,5,3,'2025-07-03','2025-07',1,NULL,4,1,8,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(5,51,2,3,'2025-07-04','2025-07',1,NULL,5,2,5,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(6,51,3,3,'2025-07-04','2025-07',1,NULL,6,2,6,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(7,51,4,3,'2025-07-04','2025-07',1,NULL,7,2,7,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(8,51,5,3,'2025-07-04','2025-07',1,NULL,8,2,8,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(9,52,2,3,'2025-07-05','2025-07',1,NULL,9,3,5,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(10,52,3,3,'2025-07-05','2025-07',1,NULL,10,3,6,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(11,52,4,3,'2025-07-05','2025-07',1,NULL,11,3,7,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(12,52,5,3,'2025-07-05','2025-07',1,NULL,12,3,8,'called',1,1,480,0,NULL);
INSERT INTO "response_event" VALUES(13,53,1,3,'2025-07-03','2025-07',1,NULL,1,1,5,'arrived',0,1,540,60,NULL);
INSERT INTO "response_event" VALUES(14,53,2,3,'2025-07-03','2025-07',1,NULL,2,1,6,'arrived',0,1,540,60,NULL);
INSERT INTO "response_event" VALUES(15,54,1,3,'2025-07-03','2025-07',1,NULL,3,1,7,'answered',0,1,541,61,NULL);
INSERT INTO "response_event" VALUES(16,55,1,3,'2025-07-04','2025-07',1,NULL,5,2,5,'arrived',0,1,540,60,NULL);
INSERT INTO "response_event" VALUES(17,55,2,3,'2025-07-04','2025-07',1,NULL,6,2,6,'arrived',0,1,540,60,NULL);
INSERT INTO "response_event" VALUES(18,56,1,3,'2025-07-04','2025-07',1,NULL,7,2,7,'answered',0,1,541,61,NULL);
INSERT INTO "response_event" VALUES(19,57,1,3,'2025-07-03','2025-07',1,NULL,4,1,8,'silent',-1,1,720,240,NULL);
INSERT INTO "response_event" VALUES(20,60,1,3,'2025-07-05','2025-07',1,NULL,13,3,9,'called',1,1,500,0,NULL);
CREATE TABLE rule (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	pinyin TEXT DEFAULT '' NOT NULL, 
	initials TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT rule_named CHECK (code <> '' AND name <> ''), 
	UNIQUE (uid), 
	CONSTRAINT rule_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "rule" VALUES(1,'01a21334-8d46-7295-908d-10a1c728f0e8',23,23,0,'HOUR','按小时','按小时','anxiaoshi','axs');
INSERT INTO "rule" VALUES(2,'01a21334-8d48-71f4-ba01-87be33108e9a',24,24,0,'SIGNED','要确认','要确认','yaoqueren','yqr');
CREATE TABLE rule_version (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	rule_id INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	per TEXT NOT NULL, 
	cap_activity INTEGER, 
	cap_day INTEGER, 
	cap_month INTEGER, 
	cap_year INTEGER, 
	needs_confirmer INTEGER DEFAULT 0 NOT NULL, 
	valid_from TEXT NOT NULL, 
	valid_to TEXT, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT rule_version_per CHECK ((per = 'time' OR per = 'hour')), 
	CONSTRAINT rule_version_points CHECK (points BETWEEN 1 AND 100000), 
	CONSTRAINT rule_version_confirmer CHECK (needs_confirmer IN (0, 1)), 
	CONSTRAINT rule_version_from CHECK (valid_from IS NULL OR (valid_from IS date(valid_from, '+0 days') AND length(valid_from) = 10)), 
	CONSTRAINT rule_version_to CHECK (valid_to IS NULL OR (valid_to IS date(valid_to, '+0 days') AND length(valid_to) = 10)), 
	CONSTRAINT rule_version_ends_later CHECK (valid_to >= valid_from), 
	CONSTRAINT rule_version_cap_activity CHECK (cap_activity >= 1), 
	CONSTRAINT rule_version_cap_day CHECK (cap_day >= 1), 
	CONSTRAINT rule_version_cap_month CHECK (cap_month >= 1), 
	CONSTRAINT rule_version_cap_year CHECK (cap_year >= 1), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT rule_version_line CHECK (line >= 1), 
	CONSTRAINT rule_version_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT rule_version_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT rule_version_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES rule_version (id), 
	FOREIGN KEY(rule_id) REFERENCES rule (id), 
	FOREIGN KEY(restores_id) REFERENCES rule_version (id)
)
 STRICT;
INSERT INTO "rule_version" VALUES(1,23,1,1,'2025-07-20','2025-07',1,NULL,1,10,'hour',NULL,NULL,NULL,NULL,0,'2025-01-01',NULL,NULL);
INSERT INTO "rule_version" VALUES(2,24,1,1,'2025-07-20','2025-07',1,NULL,2,5,'time',NULL,NULL,NULL,NULL,1,'2025-01-01',NULL,NULL);
CREATE TABLE seal (
	voucher_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	facts INTEGER NOT NULL, 
	changes INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	report TEXT, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (voucher_id), 
	UNIQUE (seq), 
	CONSTRAINT seal_shape CHECK (seq >= 1 AND facts >= 0 AND changes >= 0 AND length(sha256) = 64), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "seal" VALUES(1,1,2,0,0,0,NULL,'2a7be4691fc5a47ce772708920a3214c68e30af657ad5a5493c2fedec797f32e');
INSERT INTO "seal" VALUES(2,2,2,0,0,0,NULL,'6108734485f10f64359b4f9bcb5a5dc0997e99ad1a642c1cd6e041cf850a8360');
INSERT INTO "seal" VALUES(3,3,2,0,0,0,NULL,'3eb9a246d0a5c35ec879188f68d4f9bef3c1fc2c033647f95c41ecae62453f1c');
INSERT INTO "seal" VALUES(4,4,2,1,0,0,NULL,'cacad0f75651159b147366afc310c1f4d3c805c8b426af90ea4e9947de33ed58');
INSERT INTO "seal" VALUES(5,5,2,1,0,0,NULL,'1bf5591328b4e1e25779fbc9ae96e3ac3ffbe5025816518945b95eeab2ab57d7');
INSERT INTO "seal" VALUES(6,6,2,0,0,0,NULL,'5dbeba1e09afa2591e100398bacb4125ffa627cf36dc050f736c9fb8c6fc8ac5');
INSERT INTO "seal" VALUES(7,7,2,0,0,0,NULL,'cdd07bbf467c1baafddfd51fef6e29845f66b3b30a20ee7d5078059d2e31ccee');
INSERT INTO "seal" VALUES(8,8,2,0,0,0,NULL,'660f8eb4d26f72faa83049c0a38a42a9de1609e7ab3db4c838655d8c431555a1');
INSERT INTO "seal" VALUES(9,9,2,1,0,0,NULL,'82214f911e03d5452188d4c9d1e0f7ceec8e088fdcdcd6961cdd46e591f69d2e');
INSERT INTO "seal" VALUES(10,10,2,1,0,0,NULL,'fe922fd872ad8a684904a87b1235ac3ffe5ca173f2b7af151e8012d14a158d20');
INSERT INTO "seal" VALUES(11,11,2,1,0,0,NULL,'bff5f1cdc88fc2096ff255d3a55eb079cb74efd50fd86fcc431fec11aae067b7');
INSERT INTO "seal" VALUES(12,12,2,1,0,0,NULL,'cc47c566de9abf6eca414d0a610bb891f7cfac3f04ce82963f2245062dfaa8fa');
INSERT INTO "seal" VALUES(13,13,2,1,0,300,NULL,'2d25f2e9c987e597690b6e5b24261ce80bedab5ffbc5aca31925792075512005');
INSERT INTO "seal" VALUES(14,14,2,1,0,600,NULL,'4778307d8e9b7b4a6c8b6b7e870b0ec59a5960c8de2318ea01efaa2444fc64d6');
INSERT INTO "seal" VALUES(15,15,2,1,0,900,NULL,'9e519b87971780a8523ca2d8f39187202ee64e9219a40ed0d3117aa4329d980a');
INSERT INTO "seal" VALUES(16,16,2,1,0,1200,NULL,'9e6c2c2e968ac00ea06c98d4fe506aeb5a1c23af005964086ac01682b0b06083');
INSERT INTO "seal" VALUES(17,17,2,1,0,1500,NULL,'b89f1aff836177379035f307d3062c785641176e7d9c68ec4cbf724d5fdbd138');
INSERT INTO "seal" VALUES(18,18,2,1,0,1800,NULL,'d069938ca2ca8690617226b160488f125ba9e8280f8fb7f420cc0082be99fb4b');
INSERT INTO "seal" VALUES(19,19,2,1,0,2100,NULL,'bfa1bdd361f7cd107aca672ec2e1ab95def3bf53ab5f4b88460141f40f2b0b54');
INSERT INTO "seal" VALUES(20,20,2,1,0,2400,NULL,'0f72e09e9de2614712c3260016173d27909afc12c1dc5376fea4a7c939ab82a8');
INSERT INTO "seal" VALUES(21,21,2,1,0,2395,NULL,'6406f3680322a39f0ee10feed12fc18d3418561435baacbea709069e09197b60');
INSERT INTO "seal" VALUES(22,22,2,6,1,2395,NULL,'818fd95b5cc4ca2a68b91b88d874d4a8bd4c43e43736f76d13b420cf8e8b60e3');
INSERT INTO "seal" VALUES(23,23,2,1,0,2395,NULL,'dea23ae1bf413e346cc5a957a1ebaf84f28fe8eecea56541878e207ad6a5e8ac');
INSERT INTO "seal" VALUES(24,24,2,1,0,2395,NULL,'7920deee648750448c0fa74d20e48dd6935fa21eec1ee1a3a1249779fa4ab8a2');
INSERT INTO "seal" VALUES(25,25,2,3,0,2395,NULL,'8ce1afdd7153d0f76077b45dc0181b4f1831914e4ffb0b7b15d7738a50013be8');
INSERT INTO "seal" VALUES(26,26,2,6,0,2425,NULL,'f0cf786d0d72c40bdf119ab5276a7ae85aff3532f31671a3df293897bb65590e');
INSERT INTO "seal" VALUES(27,27,2,1,0,2425,NULL,'6842b787a70ecab46a267b177ba4cc52461bac6a9f9e1ec36fe074a7279e0ec6');
INSERT INTO "seal" VALUES(28,28,2,3,0,2425,NULL,'2f4d049b66d4aeea5ca833093858f95e1b0df569152af7406424af251795b9b8');
INSERT INTO "seal" VALUES(29,29,2,4,0,2435,NULL,'6878ec3e44ca6936369962ebc21e8035a6c5573a3c868de82b8513237dd3015f');
INSERT INTO "seal" VALUES(30,30,2,1,0,2435,NULL,'fbf94aa704bab54e3b07d28a02e9e22e2c6537aebc0f237e7cb776af045e47bc');
INSERT INTO "seal" VALUES(31,31,2,1,0,2435,NULL,'7e2ab57652481839a1da42584e0a976c6b07e25bce4858dbf7264574e8301488');
INSERT INTO "seal" VALUES(32,32,2,1,0,2435,NULL,'a062924b33d6c3d318b1dab508d0706ada90d31e8d850c927aaa5d8f66ac8d79');
INSERT INTO "seal" VALUES(33,33,2,1,0,2435,NULL,'3c2b79f023f6d19f4c2cab763db56c6bdd7e73f673d706ef37d4f16f69da6c98');
INSERT INTO "seal" VALUES(34,34,2,1,0,2435,NULL,'0f6153f049d017f961344e891dbf1bbf9ce97f897a79007ded52920bed6677cd');
INSERT INTO "seal" VALUES(35,35,2,3,0,2425,NULL,'89974f42c3496b91c7701a924856bc75aa86afc9ef9a3cb2206cb4187018d62d');
INSERT INTO "seal" VALUES(36,36,2,1,0,2425,NULL,'eba6a22fc47af875391dbc9348be1eb228620ed440bc206b5dca37e1063a4f6d');
INSERT INTO "seal" VALUES(37,37,2,1,0,2425,NULL,'cb7c00cf439bc5f066b3a88bc0881789116b7761f466f87d291b83a440c4ca5c');
INSERT INTO "seal" VALUES(38,38,2,3,0,2415,NULL,'4260f6a489e9776e8244a4a7e48f06b7b07c13168039e4ebda95911517f64707');
INSERT INTO "seal" VALUES(39,39,2,0,0,2415,NULL,'e82172b54e04d6f817f2842da495e0952d4be6cabd615c6813a21fff4b56782f');
INSERT INTO "seal" VALUES(40,40,2,1,0,2415,NULL,'215832eb3dc249f01734667410982fde10019ba07d71a7b1f16b08cf83691e1a');
INSERT INTO "seal" VALUES(41,41,2,1,0,2415,NULL,'6912a7a8a76fcc3b123848fdd4325c6c47a3acf84ee374cd5bc7498d1c6a6c0a');
INSERT INTO "seal" VALUES(42,42,2,1,0,2415,NULL,'232e0efa2a032b005892cbd8ef4538cd431178698997b415e8fd17d2830bb04f');
INSERT INTO "seal" VALUES(43,43,2,1,1,2415,NULL,'237c311cdb31ba53ed02d7e6149044841cc4d2a0fe963aaca3cd74f2aed9ade0');
INSERT INTO "seal" VALUES(44,44,2,1,0,2415,NULL,'5ffce62c14ec86ca2447edbbf5cd03e490d593a9ca88fa5a98920b0b98fb2f22');
INSERT INTO "seal" VALUES(45,45,2,1,0,2415,NULL,'fd82f7db62d3190e6951d65841b55f17732520683e31c0049cea0f23210a9437');
INSERT INTO "seal" VALUES(46,46,2,1,0,2415,NULL,'fa5671f6733e3041078fa892fe6fc713c48bb0537f70f764790f1bd5c98ed5dd');
INSERT INTO "seal" VALUES(47,47,2,1,0,2415,NULL,'49076849cd6ba534e80d189f9c885d4d7d15483216feae0a23538a6e2281b2a2');
INSERT INTO "seal" VALUES(48,48,2,1,0,2415,NULL,'8a837ef0ea601fc9de5234f96b137da6356fcff61d9f0915d42b5a0fc8daf44e');
INSERT INTO "seal" VALUES(49,49,2,1,0,2415,NULL,'afd361f2c7188da7556113bbe6a24318bb2544b046c9f1935f3803a9d2bbd3d6');
INSERT INTO "seal" VALUES(50,50,2,5,0,2415,NULL,'da4162a295e270d9a03db25a80fe81db63470bd4d591fbede01bca773fcc5fdd');
INSERT INTO "seal" VALUES(51,51,2,5,0,2415,NULL,'a352027aa0a2faf5d1691bd0b48faa7e4f65d8b952446089cd109a51da5c11c1');
INSERT INTO "seal" VALUES(52,52,2,5,0,2415,NULL,'6a12870ebb36f7d675cdf792ad4da8424d11cf454d5d8dc4b6e15a0f56cd4b6f');
INSERT INTO "seal" VALUES(53,53,2,4,2,2415,NULL,'213c08828ce591f077b232084efbb1177a9a6d9d3baa7b186dd478f025cf6577');
INSERT INTO "seal" VALUES(54,54,2,1,1,2415,NULL,'a0dee1d922cdc37c8bd843e8f3b54d7f1221728e96bfda88bdfb389b312e9342');
INSERT INTO "seal" VALUES(55,55,2,4,2,2415,NULL,'c1e31d21fce7b29e5b17c50680f21dc14fdecfe7a5e6576c4c5bd697ae782810');
INSERT INTO "seal" VALUES(56,56,2,1,1,2415,NULL,'80fee0ca64248139cadab86aee1812f930b0864007943ec9ce038366e8d03fa3');
INSERT INTO "seal" VALUES(57,57,2,6,2,2421,NULL,'3934b9c0de26801a64e68eb7ade6c514c767a862fec0a4cbafae13ab04847896');
INSERT INTO "seal" VALUES(58,58,2,0,1,2421,NULL,'d47179923c2c43b77b5a061734c07ff37044a04f32b1109948774ca93d6c8abb');
INSERT INTO "seal" VALUES(59,59,2,1,0,2421,NULL,'6bd8e57fdee2ed0bdc8915f0d75f4d06cae21d8e6bcafc425facec2002e430c7');
INSERT INTO "seal" VALUES(60,60,2,1,0,2421,NULL,'82341725596eb8312bf5814a5657ea338952449961538aaf6a3726e178225141');
INSERT INTO "seal" VALUES(61,61,2,1,0,2421,NULL,'bf4da667bf7bf7f73aec4cf324919fbcccc9ffaf31ed601289b0f46da6afc84f');
INSERT INTO "seal" VALUES(62,62,2,1,0,2421,NULL,'11e6f926a7bac6c184f927cd1b289b007d7bf198b22e66f8680698c52cb4db47');
INSERT INTO "seal" VALUES(63,63,2,2,0,2421,NULL,'7d4f3530240df492097d0a207ed12a60ab785888a5279df4f489fd8df1651063');
INSERT INTO "seal" VALUES(64,64,2,1,0,2451,NULL,'2f9fed6a8057707f9d72879b802dfd7c6aeb4c9d36d28909b28282560c94aacc');
INSERT INTO "seal" VALUES(65,65,2,1,0,2481,NULL,'0710c7bfc08020dbe65463142f4812380016da514f3688ffcede9c7e4c366886');
INSERT INTO "seal" VALUES(66,66,2,1,0,2481,NULL,'8bc9ec74c3c7d79bb49ce8844516a78dd2ae010317221d9d927bbc0ebd94105a');
INSERT INTO "seal" VALUES(67,67,2,1,0,2481,NULL,'2d04ebd0913b2456af35dbf6789e2ef39cdeac3437c0d3111bf83d9a9c8c2c0b');
INSERT INTO "seal" VALUES(68,68,2,11,0,2481,NULL,'d86a8fff78c65a1e486a48f1777f4abac28847d4ec818b97e02b054db39295fc');
INSERT INTO "seal" VALUES(69,69,2,1,0,2481,NULL,'0c6d3063f4e3b1225bf097585c8141d2fafae53e55399e5ed6cadba0c89b9d96');
INSERT INTO "seal" VALUES(70,70,2,1,0,2481,NULL,'0810ce15622f72c98b62570b366f3c07b02b0b0faa5910ef73aa2e6a1ce6d420');
INSERT INTO "seal" VALUES(71,71,2,1,0,2481,NULL,'9b3371423819d5a4b09e4fbf8f21aa47000e3d37cd1987e01b27a3ffffd4becd');
INSERT INTO "seal" VALUES(72,72,2,4,0,2481,NULL,'bf70fd82b5f85c931efff49e21290e3a8a37d8880ecd5634409749bf1720dac1');
INSERT INTO "seal" VALUES(73,73,2,4,0,2481,NULL,'df6394b4abdc1dc5f18149c11e32b458fc642beb648d8a13675997e719e831d3');
INSERT INTO "seal" VALUES(74,74,2,4,0,2481,NULL,'8bd62b714704dd1e4b448f9d8c15a19e254f090b5712ccdc8f0c53e2dd98ee98');
INSERT INTO "seal" VALUES(75,75,2,1,0,2481,NULL,'ccab5e2439aa1fb239890fe506a927ceda6ce6f15b056ae334db794003d7002f');
INSERT INTO "seal" VALUES(76,76,2,1,0,2481,NULL,'3030688b355efbe6ce047e8875deb8a84695cf164733fc4f9e907daa2f1aed20');
INSERT INTO "seal" VALUES(77,77,2,1,0,2481,NULL,'265f1792321078671b4cde8fc8ae724387ee91fbe8549261213d1875abd24f64');
INSERT INTO "seal" VALUES(78,78,2,0,0,2481,NULL,'c67df61f15df3e878d27242bd13e04e0bf904903e0dfed06703316f99a7298c6');
INSERT INTO "seal" VALUES(79,79,2,0,0,2481,NULL,'3138b5dbf1eadb06d9d4ac278416c518cf30c21876ac275b14d4028529a97df0');
INSERT INTO "seal" VALUES(80,80,2,1,1,2481,NULL,'e024330d40367295c5149393f0bf6b0e5a26ee7bafc078564d8c3d7a34805a6e');
INSERT INTO "seal" VALUES(81,81,2,1,0,2481,NULL,'2d173b73a14fb9e1c07593f0020d0aa399c55d6ca160a9465c2339e159217b69');
INSERT INTO "seal" VALUES(82,82,2,1,0,2481,NULL,'35ab3d54351be9403610136454cdfd056190c47ddc2d34af2f2e27ef66cdddf4');
INSERT INTO "seal" VALUES(83,83,2,1,0,2481,NULL,'77b878f9c75566008d878c246da873b426b81aacf0cdff2317949b493c974389');
INSERT INTO "seal" VALUES(84,84,2,1,0,2481,NULL,'e7bae133d0bbbda8ab66f7b72113b50efdd0ec990f1c8e1ac1d47703cd51c807');
INSERT INTO "seal" VALUES(85,85,2,1,0,2481,NULL,'7115b0a6ce0d7bc04320e5caa528464ff808d7b1998f49ca6ac63634fc24a7ee');
INSERT INTO "seal" VALUES(86,86,2,1,0,2481,NULL,'b839d32cbf623880367980acbca2e5b96a88d084d515b7d6d7b61770a88ff96b');
INSERT INTO "seal" VALUES(87,87,2,1,0,2481,NULL,'26a69095ed9543a80f3badeceb62e56982fa2f739d797ea2e725299032bd2999');
INSERT INTO "seal" VALUES(88,88,2,1,1,2481,NULL,'71cc6ae0ccced3749c300043b454fbc9ef134b41e31ef215c2273b67ed41af9f');
INSERT INTO "seal" VALUES(89,89,2,1,0,2481,NULL,'8573405c0dc7085f4cf2a70ee1b3fdba7faee1a226aa3d22f98b21ab543c881a');
INSERT INTO "seal" VALUES(90,90,2,1,0,2481,NULL,'01832fffe6915b584c3ad59f03bbcf45d9208d5ea359bc2db10f49454199492a');
INSERT INTO "seal" VALUES(91,91,2,1,0,2481,NULL,'a825ec08eacafb6df47dacce32c1b0902921be48fe968de77735727cb21482bb');
INSERT INTO "seal" VALUES(92,92,2,1,0,2481,NULL,'86b9541aae161c09451de1deb4b354243fe3786d804d5cef9947b3d59c89658d');
INSERT INTO "seal" VALUES(93,93,2,1,0,2481,NULL,'987381646a467f3df793924c327253c6ea49c3894ca1feef21e03d97c3d557a3');
INSERT INTO "seal" VALUES(94,94,2,1,0,2481,NULL,'a0c8ac1161ddc47f323d0f7768d7060b6967d97e53c23da0091cc34c93e22878');
INSERT INTO "seal" VALUES(95,95,2,1,0,2481,NULL,'65d382e5dcb8ad2815512cab24cb3e1be9590e3b7c530cbe7cbc1323da40176d');
INSERT INTO "seal" VALUES(96,96,2,1,0,2481,NULL,'709fd1c1058747368af9a77bdcc41dbdc927277a0306c5ea30ac03d4e6493196');
INSERT INTO "seal" VALUES(97,97,2,1,0,2481,NULL,'80c54937a847da73c93e0c375e17fa457e895457a039385846c4dbcecd0f90c3');
INSERT INTO "seal" VALUES(98,98,2,1,0,2481,NULL,'93674184022dcc28c0c7b4bcc697e5f8526870f98b13068238ffdc841ffd4a4b');
INSERT INTO "seal" VALUES(99,99,2,1,0,2481,NULL,'7b4b17dc797eb15c391d649846f97e467fe238eba503988f6abd3d280d2824cd');
INSERT INTO "seal" VALUES(100,100,2,1,0,2481,NULL,'ec82f3532cd09050dc06696f323a4c54c011a791a0c5900229e7a8efae6b1fb5');
INSERT INTO "seal" VALUES(101,101,2,1,0,2481,NULL,'012a078488b50c350587591d5c336c46b0c4c3ddb30e9a6a494b15693c0a8df1');
INSERT INTO "seal" VALUES(102,102,2,1,0,2481,NULL,'04ae5401e5be3f2e074f1c46df89cd41e5f8249fecfa44667f0e779d4d7e6784');
INSERT INTO "seal" VALUES(103,103,2,1,0,2481,NULL,'3e245d18bf6a52444ec2dfc22e098b2b6ece12b70414ce2c08aefa65b0410a27');
INSERT INTO "seal" VALUES(104,104,2,1,0,2481,NULL,'28d4a3d0cf15f6778ea91bd66a4307b187af13afe8afcdf08520740979170a4d');
INSERT INTO "seal" VALUES(105,105,2,1,0,2481,NULL,'fd4d22b267038272cf5c16bebc70382a8844c97b1231b8beab14ca05de84f8f8');
INSERT INTO "seal" VALUES(106,106,2,3,0,2481,NULL,'056d9445b6f30e0729d1be1e84fa6ad0fcbae4393e68cd487ac9342c5274786b');
INSERT INTO "seal" VALUES(107,107,2,3,0,2481,NULL,'7c4990553a2779a6725e0ee773ce2d9b84386e12a68cc98328f0b01d25732880');
INSERT INTO "seal" VALUES(108,108,2,3,0,2481,NULL,'30282393c0a88efea45703910877dd789440fbfd201730cf26e57ece1e480a13');
INSERT INTO "seal" VALUES(109,109,2,3,0,2481,NULL,'705d6a14eb21bab8956ce4f23ea5b8b74b14131c2b7c54dc36d62b73c40298ff');
INSERT INTO "seal" VALUES(110,110,2,1,0,2481,NULL,'651e69366e3725d92e08b7379f985aebce9f60fcc3270499305dfbae82dbed99');
INSERT INTO "seal" VALUES(111,111,2,1,0,2481,NULL,'78bf75f87e8fde041277d716114b4b9e40e5d4ce4fcb49efeead2fba87d58a60');
INSERT INTO "seal" VALUES(112,112,2,1,1,2481,NULL,'70fcca7b7eeefe7d83e6ef97192e94371651b8d5a11d26db6cbbd7ea91d840d5');
INSERT INTO "seal" VALUES(113,113,2,3,0,2481,NULL,'607d8aa2763442caa0d16cfe39a2ba06faded9512e93db56543e4c64b6f0df1c');
INSERT INTO "seal" VALUES(114,114,2,1,0,2481,NULL,'354ae44d9c8a4694efd8026f5b51209a566da2566382305f3336c85c1718fb93');
INSERT INTO "seal" VALUES(115,115,2,3,0,2481,NULL,'260696fd41cf6f04523a4b5dc5b4e211651955952dcef71262b9d34985f6839f');
INSERT INTO "seal" VALUES(116,116,2,1,0,2481,NULL,'30b6419ee6d258dd2c19f158bf8e2ad7fc0a595eae7937aad87751fce4a83a45');
INSERT INTO "seal" VALUES(117,117,2,1,0,2481,NULL,'796032352c2a290ab422fa94f704954bc3c3508b3322d6e6c31301edaaed5c25');
INSERT INTO "seal" VALUES(118,118,2,0,0,2481,NULL,'28bfa9bd83682b282887e8753743d47bb6d393349fd9793b2890b27687bc1685');
INSERT INTO "seal" VALUES(119,119,2,0,0,2481,NULL,'6d8ee55c19d66397ddbd4fd6535680649a249c241a8b8792fa13f16b0c7a88c0');
INSERT INTO "seal" VALUES(120,120,2,1,0,2481,NULL,'79326f0e84be5fbdd7cc8ce4a21ef450b6082aedcb62d5b3afb8475f3819fd47');
INSERT INTO "seal" VALUES(121,121,2,1,0,2481,NULL,'931ad3e7b6ce225619a75af353c34d1441a05259f04609478fdb48741b659b69');
INSERT INTO "seal" VALUES(122,122,2,1,0,2481,NULL,'8763d8e286dcff6808f0859d56d89680ea61d4c8fed79d086d2bdf7ae950c04c');
INSERT INTO "seal" VALUES(123,123,2,0,0,2481,NULL,'f6f21b36c358d26533690ab46ebc0641eb0749b644136446c09bbb2b38b1e11b');
INSERT INTO "seal" VALUES(124,124,2,0,1,2481,NULL,'c6e471353ad6b13bb7d4eb11d34fa9dde58a939ac5fc21ca68d403c8ef8399c7');
INSERT INTO "seal" VALUES(125,125,2,0,0,2481,NULL,'6610bd1379fa3683d387c2475b093675e5611f9bd03085124a95f7b3c21f2b75');
INSERT INTO "seal" VALUES(126,126,2,1,0,2481,NULL,'e083f9646b6054bd6ac0b413bf372eacf9f42417965a55de4e6216ecad780a62');
INSERT INTO "seal" VALUES(127,127,2,1,0,2481,NULL,'70ee504475bebe4e07edc8ca1a9ff9ab06463e96f9228dbcc72d66d4082bfff2');
INSERT INTO "seal" VALUES(128,128,2,1,0,2481,NULL,'b55177a0ce238e1ff341bafc8f8709491aefc069ec4a0aef654b60e9c77aabcb');
INSERT INTO "seal" VALUES(129,129,2,2,0,2481,NULL,'6ad01655590c296d3003d2b4dd640bb06ccd9b47299ef334bbdfe0ae9b840d6c');
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	UNIQUE (uid), 
	CONSTRAINT setting_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "setting" VALUES(1,'01a21334-8d21-703d-9233-44bd76183b41',8,8,0,'office','海城区');
CREATE TABLE standing (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	event TEXT NOT NULL, 
	delta INTEGER NOT NULL, 
	into_id INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT standing_kind CHECK ((kind = 'individual' OR kind = 'group' OR kind = 'business')), 
	CONSTRAINT standing_delta CHECK (delta = CASE WHEN (event = 'joined' OR event = 'rejoined' OR event = 'moved_in' OR event = 'kind_in') THEN 1 WHEN (event = 'left' OR event = 'merged' OR event = 'moved_out' OR event = 'kind_out') THEN -1 WHEN (event = 'suspended' OR event = 'resumed') THEN 0 END), 
	CONSTRAINT standing_into CHECK ((event = 'merged') = (into_id IS NOT NULL)), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT standing_line CHECK (line >= 1), 
	CONSTRAINT standing_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT standing_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT standing_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES standing (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(into_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES standing (id)
)
 STRICT;
INSERT INTO "standing" VALUES(1,9,1,3,'2024-01-01','2024-01',1,NULL,1,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(2,10,1,3,'2024-01-01','2024-01',1,NULL,2,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(3,11,1,3,'2024-01-01','2024-01',1,NULL,3,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(4,12,1,3,'2024-01-01','2024-01',1,NULL,4,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(5,22,1,3,'2025-07-20','2025-07',1,NULL,4,'individual','moved_out',-1,NULL,NULL);
INSERT INTO "standing" VALUES(6,22,2,4,'2025-07-20','2025-07',1,NULL,4,'individual','moved_in',1,NULL,NULL);
INSERT INTO "standing" VALUES(7,46,1,3,'2024-01-01','2024-01',1,NULL,5,'group','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(8,47,1,3,'2024-01-01','2024-01',1,NULL,6,'group','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(9,48,1,3,'2024-01-01','2024-01',1,NULL,7,'group','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(10,49,1,3,'2024-01-01','2024-01',1,NULL,8,'group','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(11,59,1,3,'2024-01-01','2024-01',1,NULL,9,'group','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(12,61,1,3,'2024-01-01','2024-01',1,NULL,10,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(13,62,1,3,'2024-01-01','2024-01',1,NULL,11,'individual','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(14,69,1,3,'2024-01-01','2024-01',1,NULL,12,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(15,70,1,3,'2024-01-01','2024-01',1,NULL,13,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(16,71,1,3,'2024-01-01','2024-01',1,NULL,14,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(17,89,1,3,'2024-01-01','2024-01',1,NULL,15,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(18,93,1,3,'2024-01-01','2024-01',1,NULL,16,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(19,98,1,3,'2024-01-01','2024-01',1,NULL,17,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(20,100,1,3,'2024-01-01','2024-01',1,NULL,18,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(21,102,1,3,'2024-01-01','2024-01',1,NULL,19,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(22,104,1,3,'2024-01-01','2024-01',1,NULL,20,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(23,105,1,3,'2024-01-01','2024-01',1,NULL,21,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(24,120,1,3,'2024-01-01','2024-01',1,NULL,22,'business','joined',1,NULL,NULL);
INSERT INTO "standing" VALUES(25,128,1,3,'2024-01-01','2024-01',1,NULL,23,'individual','joined',1,NULL,NULL);
CREATE TABLE star_level (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	star_rule_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	year TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	years INTEGER NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT star_level_years CHECK (years >= 0), 
	CONSTRAINT star_level_stars CHECK (level BETWEEN 0 AND 5), 
	CONSTRAINT star_level_rule CHECK ((level = 0) = (star_rule_id IS NULL)), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT star_level_line CHECK (line >= 1), 
	CONSTRAINT star_level_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT star_level_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT star_level_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES star_level (id), 
	FOREIGN KEY(star_rule_id) REFERENCES star_rule (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(restores_id) REFERENCES star_level (id)
)
 STRICT;
INSERT INTO "star_level" VALUES(1,68,1,3,'2024-12-31','2024-12',1,NULL,1,10,'2024',1,0,30,0,NULL);
INSERT INTO "star_level" VALUES(2,68,2,3,'2024-12-31','2024-12',1,NULL,1,11,'2024',1,0,30,0,NULL);
INSERT INTO "star_level" VALUES(3,68,3,3,'2024-12-31','2024-12',1,NULL,NULL,1,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(4,68,4,3,'2024-12-31','2024-12',1,NULL,NULL,2,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(5,68,5,3,'2024-12-31','2024-12',1,NULL,NULL,3,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(6,68,6,3,'2024-12-31','2024-12',1,NULL,NULL,4,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(7,68,7,3,'2024-12-31','2024-12',1,NULL,NULL,5,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(8,68,8,3,'2024-12-31','2024-12',1,NULL,NULL,6,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(9,68,9,3,'2024-12-31','2024-12',1,NULL,NULL,7,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(10,68,10,3,'2024-12-31','2024-12',1,NULL,NULL,8,'2024',0,0,0,0,NULL);
INSERT INTO "star_level" VALUES(11,68,11,3,'2024-12-31','2024-12',1,NULL,NULL,9,'2024',0,0,0,0,NULL);
CREATE TABLE star_rule (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	level INTEGER NOT NULL, 
	minutes INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	years INTEGER NOT NULL, 
	valid_from TEXT NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT star_rule_stars CHECK (level BETWEEN 1 AND 5), 
	CONSTRAINT star_rule_minutes CHECK (minutes BETWEEN 0 AND 600000), 
	CONSTRAINT star_rule_points CHECK (points BETWEEN 0 AND 10000000), 
	CONSTRAINT star_rule_years CHECK (years BETWEEN 0 AND 100), 
	CONSTRAINT star_rule_asks CHECK (minutes + points + years > 0), 
	CONSTRAINT star_rule_from CHECK (valid_from IS NULL OR (valid_from IS date(valid_from, '+0 days') AND length(valid_from) = 10)), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT star_rule_line CHECK (line >= 1), 
	CONSTRAINT star_rule_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT star_rule_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT star_rule_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES star_rule (id), 
	FOREIGN KEY(restores_id) REFERENCES star_rule (id)
)
 STRICT;
INSERT INTO "star_rule" VALUES(1,66,1,1,'2025-07-20','2025-07',1,NULL,1,0,20,0,'2024-01-01',NULL);
INSERT INTO "star_rule" VALUES(2,67,1,1,'2025-07-20','2025-07',1,NULL,2,600,20,0,'2024-01-01',NULL);
CREATE TABLE stock (
	item_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	move_id INTEGER, 
	PRIMARY KEY (item_id), 
	CONSTRAINT stock_not_negative CHECK (quantity >= 0), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(move_id) REFERENCES stock_move (id)
)
 STRICT;
INSERT INTO "stock" VALUES(1,17,3);
INSERT INTO "stock" VALUES(2,17,6);
CREATE TABLE stock_move (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	item_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	price INTEGER, 
	donor_id INTEGER, 
	redemption_id INTEGER, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT stock_move_kind CHECK ((kind = 'in' OR kind = 'out' OR kind = 'redeem' OR kind = 'stocktake')), 
	CONSTRAINT stock_move_size CHECK (quantity <> 0 AND quantity BETWEEN -10000000 AND 10000000), 
	CONSTRAINT stock_move_direction CHECK (CASE kind WHEN 'in' THEN quantity * sign > 0 WHEN 'stocktake' THEN 1 ELSE quantity * sign < 0 END), 
	CONSTRAINT stock_move_slip CHECK ((kind = 'redeem') = (redemption_id IS NOT NULL)), 
	CONSTRAINT stock_move_price CHECK ((kind = 'redeem') = (price IS NOT NULL)), 
	CONSTRAINT stock_move_given CHECK (donor_id IS NULL OR kind = 'in'), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT stock_move_line CHECK (line >= 1), 
	CONSTRAINT stock_move_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT stock_move_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT stock_move_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES stock_move (id), 
	FOREIGN KEY(item_id) REFERENCES item (id), 
	FOREIGN KEY(donor_id) REFERENCES partner (id), 
	FOREIGN KEY(redemption_id) REFERENCES redemption (id), 
	FOREIGN KEY(restores_id) REFERENCES stock_move (id)
)
 STRICT;
INSERT INTO "stock_move" VALUES(1,33,1,3,'2025-01-01','2025-01',1,NULL,1,'in',9,NULL,NULL,NULL,NULL);
INSERT INTO "stock_move" VALUES(2,34,1,3,'2025-01-01','2025-01',1,NULL,1,'in',9,NULL,NULL,NULL,NULL);
INSERT INTO "stock_move" VALUES(3,35,3,3,'2025-07-20','2025-07',1,NULL,1,'redeem',-1,10,NULL,1,NULL);
INSERT INTO "stock_move" VALUES(4,36,1,3,'2025-01-01','2025-01',1,NULL,2,'in',9,NULL,NULL,NULL,NULL);
INSERT INTO "stock_move" VALUES(5,37,1,3,'2025-01-01','2025-01',1,NULL,2,'in',9,NULL,NULL,NULL,NULL);
INSERT INTO "stock_move" VALUES(6,38,3,3,'2025-07-20','2025-07',1,NULL,2,'redeem',-1,10,NULL,2,NULL);
CREATE TABLE support_given (
	id INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	community_id INTEGER NOT NULL, 
	happened_on TEXT NOT NULL, 
	counted_in TEXT NOT NULL, 
	sign INTEGER NOT NULL, 
	reverses_id INTEGER, 
	partner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	booking_id INTEGER, 
	venue_id INTEGER, 
	minutes INTEGER DEFAULT 0 NOT NULL, 
	restores_id INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT support_given_kind CHECK ((kind = 'venue' OR kind = 'publicity' OR kind = 'office' OR kind = 'matchmaking')), 
	CONSTRAINT support_given_minutes CHECK (minutes BETWEEN 0 AND 1440), 
	CONSTRAINT support_given_venue CHECK (kind = 'venue' OR (venue_id IS NULL AND minutes = 0)), 
	CONSTRAINT support_given_booked CHECK (booking_id IS NULL OR venue_id IS NOT NULL), 
	UNIQUE (voucher_id, line), 
	CONSTRAINT support_given_line CHECK (line >= 1), 
	CONSTRAINT support_given_day CHECK (happened_on IS NULL OR (happened_on IS date(happened_on, '+0 days') AND length(happened_on) = 10)), 
	CONSTRAINT support_given_month CHECK (counted_in = substr(happened_on, 1, 7) OR (counted_in > substr(happened_on, 1, 7) AND counted_in IS substr(date(counted_in || '-01'), 1, 7))), 
	CONSTRAINT support_given_sign CHECK (sign = CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id), 
	FOREIGN KEY(reverses_id) REFERENCES support_given (id), 
	FOREIGN KEY(partner_id) REFERENCES partner (id), 
	FOREIGN KEY(booking_id) REFERENCES booking (id), 
	FOREIGN KEY(venue_id) REFERENCES venue (id), 
	FOREIGN KEY(restores_id) REFERENCES support_given (id)
)
 STRICT;
INSERT INTO "support_given" VALUES(1,121,1,3,'2025-07-03','2025-07',1,NULL,22,'venue',1,1,60,NULL);
INSERT INTO "support_given" VALUES(2,122,1,3,'2025-07-03','2025-07',1,NULL,22,'venue',2,1,60,NULL);
INSERT INTO "support_given" VALUES(3,126,1,3,'2025-07-03','2025-07',1,NULL,22,'publicity',NULL,NULL,0,NULL);
INSERT INTO "support_given" VALUES(4,127,1,3,'2025-07-03','2025-07',1,NULL,22,'publicity',NULL,NULL,0,NULL);
CREATE TABLE venue (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	created_in INTEGER NOT NULL, 
	voucher_id INTEGER NOT NULL, 
	withdrawn INTEGER DEFAULT 0 NOT NULL, 
	community_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	remark TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT venue_named CHECK (name <> ''), 
	UNIQUE (uid), 
	CONSTRAINT venue_withdrawn CHECK (withdrawn IN (0, 1)), 
	FOREIGN KEY(created_in) REFERENCES voucher (id), 
	FOREIGN KEY(voucher_id) REFERENCES voucher (id), 
	FOREIGN KEY(community_id) REFERENCES area (id)
)
 STRICT;
INSERT INTO "venue" VALUES(1,'01a21334-8e6a-75b0-bb95-70ef80bba343',118,118,0,3,'活动室','活动室','','');
INSERT INTO "venue" VALUES(2,'01a21334-8e6d-72cd-a51b-8bd672f6aed3',119,119,0,3,'会议室','会议室','','');
CREATE TABLE voucher (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	operator_id INTEGER NOT NULL, 
	action TEXT NOT NULL, 
	"key" TEXT, 
	intention TEXT, 
	source TEXT DEFAULT '' NOT NULL, 
	file_sha256 TEXT, 
	undoes_id INTEGER, 
	PRIMARY KEY (id), 
	UNIQUE (uid), 
	CONSTRAINT voucher_intention CHECK ((key IS NULL) = (intention IS NULL)), 
	FOREIGN KEY(operator_id) REFERENCES operator (id) DEFERRABLE INITIALLY DEFERRED, 
	FOREIGN KEY(undoes_id) REFERENCES voucher (id)
)
 STRICT;
INSERT INTO "voucher" VALUES(1,'01a21334-8cdb-73df-a71e-c3cac025bfa9','2025-11-20T10:00:00+08:00',1,'ledger.create',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(2,'01a21334-8ceb-70ea-9125-6eb213a86bdd','2025-11-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(3,'01a21334-8d07-7081-ac5a-8fe0bbf8d50d','2025-11-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(4,'01a21334-8d09-7792-88d2-5a969abcd1eb','2025-11-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(5,'01a21334-8d0d-77b2-abec-62e0b7df76dc','2025-11-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(6,'01a21334-8d1b-7656-a9cc-851d2bb83682','2025-07-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(7,'01a21334-8d1d-72de-ad94-a52ac1e791c6','2025-07-20T10:00:00+08:00',1,'area.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(8,'01a21334-8d21-703d-9233-44bc17c5e121','2025-07-20T10:00:00+08:00',1,'setting.set',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(9,'01a21334-8d22-717f-afad-b032d014c2e8','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(10,'01a21334-8d25-7059-91b7-b5c57d3bbb2e','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(11,'01a21334-8d27-75d0-b9c3-5e3b0ad27d21','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(12,'01a21334-8d28-7444-833c-b923b92228a1','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(13,'01a21334-8d2f-73a6-bbfa-9fc55061d3d7','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(14,'01a21334-8d31-7369-81e9-8203cc2ca487','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(15,'01a21334-8d33-76bb-9550-075d5ff06520','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(16,'01a21334-8d34-766d-91d8-81470fa9f852','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(17,'01a21334-8d35-758e-8c80-5c9b7404234f','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(18,'01a21334-8d37-710e-aa3a-d5f1098c9ebd','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(19,'01a21334-8d38-77a4-9c68-c03e17f81842','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(20,'01a21334-8d39-722b-b91a-81141e58e9fd','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(21,'01a21334-8d3b-72ad-9796-948b198d790f','2025-07-20T10:00:00+08:00',1,'points.deduct',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(22,'01a21334-8d3f-7481-9005-1811b4f3eca1','2025-07-20T10:00:00+08:00',1,'partner.move',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(23,'01a21334-8d46-7295-908d-10a042beb5d2','2025-07-20T10:00:00+08:00',1,'rule.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(24,'01a21334-8d48-71f4-ba01-87bdfcc6e3e8','2025-07-20T10:00:00+08:00',1,'rule.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(25,'01a21334-8d49-7525-8208-7da4fcdff533','2025-07-20T10:00:00+08:00',1,'activity.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(26,'01a21334-8d4f-71ea-8b9f-9ea89609fbad','2025-07-20T10:00:00+08:00',1,'activity.sign',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(27,'01a21334-8d52-76ba-bd7c-5bc4dea0d242','2025-07-20T10:00:00+08:00',1,'activity.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(28,'01a21334-8d53-75bd-a8a2-6221ae2ddaf9','2025-07-20T10:00:00+08:00',1,'activity.sign',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(29,'01a21334-8d55-72cc-aa17-f5765fc61aac','2025-07-20T10:00:00+08:00',1,'activity.confirm',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(30,'01a21334-8d57-73d1-a402-6fb6f0236ae3','2025-07-20T10:00:00+08:00',1,'activity.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(31,'01a21334-8d5b-7470-92a1-e1708474a671','2025-07-20T10:00:00+08:00',1,'shop.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(32,'01a21334-8d5d-74ed-aea6-c9deffaf49be','2025-07-20T10:00:00+08:00',1,'shop.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(33,'01a21334-8d5e-73aa-b823-07dbec6229a9','2025-07-20T10:00:00+08:00',1,'shop.in',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(34,'01a21334-8d60-700f-a730-c8b346ae3aa2','2025-07-20T10:00:00+08:00',1,'shop.in',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(35,'01a21334-8d64-70e4-b625-417da68cedfe','2025-07-20T10:00:00+08:00',1,'shop.redeem',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(36,'01a21334-8d68-7695-af94-eb6d72260f6f','2025-07-20T10:00:00+08:00',1,'shop.in',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(37,'01a21334-8d6a-765a-b60a-fb1e9e59c270','2025-07-20T10:00:00+08:00',1,'shop.in',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(38,'01a21334-8d6b-7669-9d9d-00c00c42d3ad','2025-07-20T10:00:00+08:00',1,'shop.redeem',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(39,'01a21334-8d74-7268-b84c-f4a743188504','2025-07-20T10:00:00+08:00',1,'issue.category',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(40,'01a21334-8d76-7247-a604-f5e448b5a766','2025-07-20T10:00:00+08:00',1,'issue.reported',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(41,'01a21334-8d79-766b-9ff6-38e30458185d','2025-07-20T10:00:00+08:00',1,'issue.reported',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(42,'01a21334-8d7b-736a-af1e-f4aa2044c1de','2025-07-20T10:00:00+08:00',1,'issue.reported',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(43,'01a21334-8d7d-76fe-b073-e6d4b2e30f15','2025-07-20T10:00:00+08:00',1,'issue.resolved',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(44,'01a21334-8d82-765b-928e-1fb4bc00cc35','2025-07-20T10:00:00+08:00',1,'issue.help',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(45,'01a21334-8d85-75ae-8283-c84e425f70d6','2025-07-20T10:00:00+08:00',1,'issue.help',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(46,'01a21334-8dc5-7739-bf5e-2398efb8e4be','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(47,'01a21334-8dc7-7588-83d4-0bf273cfb9db','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(48,'01a21334-8dc9-7193-a327-0a5c4ced539c','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(49,'01a21334-8dcb-767c-bf25-031993ad9408','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(50,'01a21334-8dcc-764f-9d99-0bef63416ef3','2025-07-20T10:00:00+08:00',1,'dispatch.whistled',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(51,'01a21334-8dd0-7024-b562-55d25bf644a3','2025-07-20T10:00:00+08:00',1,'dispatch.whistled',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(52,'01a21334-8dd1-77dd-b7d9-7d7b63f87322','2025-07-20T10:00:00+08:00',1,'dispatch.whistled',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(53,'01a21334-8dd3-7414-88f2-a40966f7bd46','2025-07-20T10:00:00+08:00',1,'dispatch.rollcall',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(54,'01a21334-8dd5-72c2-a2c8-11cd38b4687b','2025-07-20T10:00:00+08:00',1,'dispatch.answered',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(55,'01a21334-8dd7-75ee-8a31-168e34e27e48','2025-07-20T10:00:00+08:00',1,'dispatch.rollcall',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(56,'01a21334-8dd9-74ff-90bc-03852fc072a6','2025-07-20T10:00:00+08:00',1,'dispatch.answered',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(57,'01a21334-8ddb-73a9-b9b1-83a713c6929c','2025-07-20T10:00:00+08:00',1,'dispatch.finished',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(58,'01a21334-8dde-7408-a696-f5c4b904369b','2025-07-20T10:00:00+08:00',1,'dispatch.edit',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(59,'01a21334-8ddf-7190-bbc6-c405c40c6eaa','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(60,'01a21334-8de1-7790-ad13-08531a01417f','2025-07-20T10:00:00+08:00',1,'dispatch.again',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(61,'01a21334-8de2-7480-a888-0d5587995ad5','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(62,'01a21334-8de4-72e3-a5a2-fb2672fb55bc','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(63,'01a21334-8de5-775d-a6ce-6aecbd9fe98c','2025-07-20T10:00:00+08:00',1,'honour.give',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(64,'01a21334-8de8-758a-8d65-354e9c28a8c5','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(65,'01a21334-8de9-745d-8295-dc0503ace525','2025-07-20T10:00:00+08:00',1,'points.award',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(66,'01a21334-8dea-7766-b27c-5758fce469e4','2025-07-20T10:00:00+08:00',1,'honour.rule',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(67,'01a21334-8dec-7572-bc19-5e9de5e1360f','2025-07-20T10:00:00+08:00',1,'honour.rule',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(68,'01a21334-8ded-7656-9809-44f3508a5a4c','2025-07-20T10:00:00+08:00',1,'honour.freeze',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(69,'01a21334-8def-73eb-ad5a-52bf10c10d57','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(70,'01a21334-8df1-77ad-b47d-a69b0e501acc','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(71,'01a21334-8df3-713b-a8bb-ce1720509c43','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(72,'01a21334-8df4-70e6-a546-8c8b57daa827','2025-07-20T10:00:00+08:00',1,'meeting.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(73,'01a21334-8df7-7179-a756-2ea410ee8454','2025-07-20T10:00:00+08:00',1,'meeting.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(74,'01a21334-8df8-72ed-bf6a-b8be1d29ef35','2025-07-20T10:00:00+08:00',1,'meeting.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(75,'01a21334-8dfa-76ad-8dce-6f190bef4e4a','2025-07-20T10:00:00+08:00',1,'resolution.made',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(76,'01a21334-8e00-721e-847b-005ab089373d','2025-07-20T10:00:00+08:00',1,'resolution.made',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(77,'01a21334-8e01-72ff-94c9-26fc04b3de31','2025-07-20T10:00:00+08:00',1,'resolution.made',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(78,'01a21334-8e02-76e3-84a3-aca8ac99bd61','2025-07-20T10:00:00+08:00',1,'meeting.raise',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(79,'01a21334-8e04-71b4-bd2b-211e9a882d50','2025-07-20T10:00:00+08:00',1,'meeting.raise',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(80,'01a21334-8e07-705d-b717-c49b4a9d4269','2025-07-20T10:00:00+08:00',1,'resolution.done',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(81,'01a21334-8e0a-72a7-8db6-bb2d6bc88a9b','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(82,'01a21334-8e0e-7086-bc78-0a4c2f9c01a2','2025-07-20T10:00:00+08:00',1,'need.raised',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(83,'01a21334-8e11-7630-95d1-e25af07dfbac','2025-07-20T10:00:00+08:00',1,'cooperation.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(84,'01a21334-8e14-775c-84fc-98ecc5905d5c','2025-07-20T10:00:00+08:00',1,'cooperation.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(85,'01a21334-8e16-710e-9349-0e7c09c29a01','2025-07-20T10:00:00+08:00',1,'need.raised',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(86,'01a21334-8e18-7055-b639-fda2da2b5f79','2025-07-20T10:00:00+08:00',1,'need.raised',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(87,'01a21334-8e1a-7456-9a57-373d433ee765','2025-07-20T10:00:00+08:00',1,'need.raised',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(88,'01a21334-8e1c-71e4-bfac-f3bf1041e25e','2025-07-20T10:00:00+08:00',1,'need.met',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(89,'01a21334-8e1f-77e3-8dc1-0d5e5b07aa0d','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(90,'01a21334-8e21-75c4-99e6-a7ff6e12f5bd','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(91,'01a21334-8e23-7290-8700-bc030c7e16d7','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(92,'01a21334-8e26-735c-9bfb-4dce83d4f76e','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(93,'01a21334-8e28-72ce-af27-4a42c2f4e87e','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(94,'01a21334-8e2a-7229-9b11-431965680a0d','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(95,'01a21334-8e2c-765d-bbb4-2e695968e1d5','2025-07-20T10:00:00+08:00',1,'offer.opened',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(96,'01a21334-8e2e-73a1-9459-cb24731c0262','2025-07-20T10:00:00+08:00',1,'offer.use',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(97,'01a21334-8e31-76f2-8554-dd1b74846971','2025-07-20T10:00:00+08:00',1,'offer.use',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(98,'01a21334-8e32-71f8-b1d6-a8bb80874643','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(99,'01a21334-8e34-7389-9d6f-889d689fe8fd','2025-07-20T10:00:00+08:00',1,'pairing.started',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(100,'01a21334-8e48-763d-a3d5-867a9f291986','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(101,'01a21334-8e4a-7120-a883-f6a6cda54ef5','2025-07-20T10:00:00+08:00',1,'pairing.started',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(102,'01a21334-8e4c-7129-9418-34c4cbc375f6','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(103,'01a21334-8e4d-754f-89a4-0e59480911fb','2025-07-20T10:00:00+08:00',1,'pairing.started',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(104,'01a21334-8e4f-71ca-91bd-488e9b2f8572','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(105,'01a21334-8e50-73e1-9301-3c69e2c0d350','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(106,'01a21334-8e51-7361-ad66-cf654b29802b','2025-07-20T10:00:00+08:00',1,'project.landed',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(107,'01a21334-8e54-70f7-8817-e5f3aa2c7c22','2025-07-20T10:00:00+08:00',1,'project.landed',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(108,'01a21334-8e56-767b-854e-c4141cf322e5','2025-07-20T10:00:00+08:00',1,'project.landed',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(109,'01a21334-8e57-7743-b1fc-3342a32eb1ad','2025-07-20T10:00:00+08:00',1,'project.landed',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(110,'01a21334-8e5a-7509-b199-2875cc9e529e','2025-07-20T10:00:00+08:00',1,'meeting.add',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(111,'01a21334-8e5c-7398-872d-741429c7b317','2025-07-20T10:00:00+08:00',1,'need.raised',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(112,'01a21334-8e5d-72b1-bc75-066e600dea51','2025-07-20T10:00:00+08:00',1,'project.stopped',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(113,'01a21334-8e5f-7668-9a90-95b5a116f4f4','2025-07-20T10:00:00+08:00',1,'project.session',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(114,'01a21334-8e61-76dc-a7a9-806d8eadb86d','2025-07-20T10:00:00+08:00',1,'project.evaluate',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(115,'01a21334-8e62-74c9-8e9d-12dd8827c45b','2025-07-20T10:00:00+08:00',1,'project.session',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(116,'01a21334-8e64-7549-a155-2705201ef03a','2025-07-20T10:00:00+08:00',1,'project.evaluate',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(117,'01a21334-8e67-7326-ae02-0335f1f85758','2025-07-20T10:00:00+08:00',1,'project.session',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(118,'01a21334-8e6a-75b0-bb95-70ee34b06a3f','2025-07-20T10:00:00+08:00',1,'support.venue',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(119,'01a21334-8e6d-72cd-a51b-8bd50cc77210','2025-07-20T10:00:00+08:00',1,'support.venue',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(120,'01a21334-8e6f-71cb-b1c7-10ac93250567','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(121,'01a21334-8e71-742d-9daa-af6b9020a17e','2025-07-20T10:00:00+08:00',1,'support.book',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(122,'01a21334-8e75-729b-8103-0a6b38cc37b5','2025-07-20T10:00:00+08:00',1,'support.book',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(123,'01a21334-8e77-7461-80ba-7122b088d295','2025-07-20T10:00:00+08:00',1,'support.book',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(124,'01a21334-8e79-72ca-9b33-a4cbcae252e1','2025-07-20T10:00:00+08:00',1,'support.cancel',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(125,'01a21334-8e7c-740a-b226-9c01b414fa6c','2025-07-20T10:00:00+08:00',1,'support.book',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(126,'01a21334-8e7e-746e-88eb-c94b297461fa','2025-07-20T10:00:00+08:00',1,'support.give',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(127,'01a21334-8e80-74bd-80c7-f1b4dfcb364f','2025-07-20T10:00:00+08:00',1,'support.give',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(128,'01a21334-8e82-75b7-ae03-89f00ddc4f94','2025-07-20T10:00:00+08:00',1,'partner.enrol',NULL,NULL,'',NULL,NULL);
INSERT INTO "voucher" VALUES(129,'01a21334-8e85-72ad-99b7-31c979b3909b','2025-11-20T10:00:00+08:00',1,'period.close',NULL,NULL,'',NULL,NULL);
CREATE INDEX activity_day ON activity (community_id, held_on, name_key);
CREATE INDEX activity_name ON activity (name_key);
CREATE INDEX activity_held_activity ON activity_held (activity_id);
CREATE INDEX activity_held_count ON activity_held (counted_in, community_id, kind, sign, beneficiaries);
CREATE UNIQUE INDEX activity_held_restores ON activity_held (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX activity_held_reverses ON activity_held (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX area_code ON area (code) WHERE withdrawn = 0;
CREATE UNIQUE INDEX area_name ON area (parent_id, name) WHERE withdrawn = 0;
CREATE INDEX area_founding_count ON area_founding (counted_in, community_id, sign);
CREATE UNIQUE INDEX area_founding_restores ON area_founding (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX area_founding_reverses ON area_founding (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX arrival_count ON arrival (counted_in, community_id, partner_id, sign, heads);
CREATE INDEX arrival_dispatch ON arrival (dispatch_id);
CREATE INDEX arrival_heads ON arrival (community_id, partner_id, counted_in, sign);
CREATE INDEX arrival_partner ON arrival (partner_id);
CREATE UNIQUE INDEX arrival_restores ON arrival (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX arrival_reverses ON arrival (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX arrival_step ON arrival (response_event_id);
CREATE INDEX arrival_reward_entry ON arrival_reward (entry_id);
CREATE UNIQUE INDEX arrival_reward_restores ON arrival_reward (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX arrival_reward_reverses ON arrival_reward (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX arrival_reward_step ON arrival_reward (response_event_id);
CREATE INDEX attending_count ON attending (counted_in, community_id, partner_id, sign);
CREATE INDEX attending_heads ON attending (community_id, partner_id, counted_in, sign);
CREATE INDEX attending_meeting ON attending (meeting_id);
CREATE INDEX attending_partner ON attending (partner_id);
CREATE UNIQUE INDEX attending_restores ON attending (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX attending_reverses ON attending (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX booking_partner ON booking (partner_id);
CREATE INDEX booking_slot ON booking (venue_id, day);
CREATE INDEX change_card ON change (card, card_id, field);
CREATE INDEX change_voucher ON change (voucher_id);
CREATE INDEX confirmation_participation ON confirmation (participation_id);
CREATE UNIQUE INDEX confirmation_restores ON confirmation (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX confirmation_reverses ON confirmation (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX cooperation_count ON cooperation (counted_in, community_id, sign);
CREATE INDEX cooperation_meeting ON cooperation (meeting_id);
CREATE INDEX cooperation_need ON cooperation (need_id);
CREATE INDEX cooperation_partner ON cooperation (partner_id);
CREATE UNIQUE INDEX cooperation_restores ON cooperation (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX cooperation_reverses ON cooperation (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX cooperation_with ON cooperation (with_id);
CREATE INDEX dispatch_day ON dispatch (community_id, whistled_on, title_key);
CREATE INDEX dispatch_title ON dispatch (title_key);
CREATE INDEX dispatch_event_count ON dispatch_event (counted_in, community_id, event, sign, minutes);
CREATE INDEX dispatch_event_dispatch ON dispatch_event (dispatch_id);
CREATE UNIQUE INDEX dispatch_event_restores ON dispatch_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX dispatch_event_reverses ON dispatch_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX entry_count ON entry (kind, counted_in, community_id, points);
CREATE INDEX entry_issue_help ON entry (issue_help_id) WHERE issue_help_id IS NOT NULL;
CREATE UNIQUE INDEX entry_pair ON entry (pair_id) WHERE pair_id IS NOT NULL;
CREATE INDEX entry_participation ON entry (participation_id) WHERE participation_id IS NOT NULL;
CREATE INDEX entry_partner ON entry (partner_id, happened_on);
CREATE INDEX entry_redemption ON entry (redemption_id) WHERE redemption_id IS NOT NULL;
CREATE UNIQUE INDEX entry_restores ON entry (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX entry_reverses ON entry (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX evaluation_count ON evaluation (counted_in, community_id, sign);
CREATE INDEX evaluation_project ON evaluation (project_id, happened_on);
CREATE UNIQUE INDEX evaluation_restores ON evaluation (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX evaluation_reverses ON evaluation (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX honour_name ON honour (name_key, level);
CREATE INDEX honour_given_count ON honour_given (counted_in, community_id, sign);
CREATE INDEX honour_given_honour ON honour_given (honour_id);
CREATE INDEX honour_given_partner ON honour_given (partner_id);
CREATE UNIQUE INDEX honour_given_restores ON honour_given (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX honour_given_reverses ON honour_given (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX issue_community ON issue (community_id, status);
CREATE INDEX issue_title ON issue (title_key);
CREATE UNIQUE INDEX issue_category_code ON issue_category (code) WHERE withdrawn = 0;
CREATE INDEX issue_event_count ON issue_event (counted_in, community_id, category, sign, resolved);
CREATE INDEX issue_event_due ON issue_event (due_on) WHERE event = 'reported';
CREATE INDEX issue_event_issue ON issue_event (issue_id);
CREATE UNIQUE INDEX issue_event_restores ON issue_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX issue_event_reverses ON issue_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX issue_help_count ON issue_help (counted_in, community_id, partner_id, sign);
CREATE INDEX issue_help_issue ON issue_help (issue_id);
CREATE INDEX issue_help_partner ON issue_help (partner_id, community_id, counted_in, sign);
CREATE UNIQUE INDEX issue_help_restores ON issue_help (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX issue_help_reverses ON issue_help (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX item_name ON item (community_id, name_key) WHERE withdrawn = 0;
CREATE INDEX item_price_item ON item_price (item_id, happened_on);
CREATE UNIQUE INDEX item_price_restores ON item_price (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX item_price_reverses ON item_price (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX matter_issue ON matter (issue_id);
CREATE UNIQUE INDEX matter_same ON matter (meeting_id, text_key) WHERE withdrawn = 0;
CREATE UNIQUE INDEX meeting_same ON meeting (community_id, held_on, title_key) WHERE withdrawn = 0;
CREATE INDEX meeting_title ON meeting (title_key);
CREATE INDEX meeting_held_count ON meeting_held (counted_in, community_id, kind, sign);
CREATE INDEX meeting_held_meeting ON meeting_held (meeting_id);
CREATE UNIQUE INDEX meeting_held_restores ON meeting_held (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX meeting_held_reverses ON meeting_held (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX need_open ON need (community_id, title_key) WHERE withdrawn = 0 AND status = 'open';
CREATE INDEX need_title ON need (title_key);
CREATE INDEX need_event_count ON need_event (counted_in, community_id, category, sign, delta, heads);
CREATE INDEX need_event_need ON need_event (need_id);
CREATE UNIQUE INDEX need_event_restores ON need_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX need_event_reverses ON need_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX offer_open ON offer (community_id, partner_id, title_key) WHERE withdrawn = 0 AND status = 'open';
CREATE INDEX offer_partner ON offer (partner_id);
CREATE INDEX offer_title ON offer (title_key);
CREATE INDEX offer_event_count ON offer_event (counted_in, community_id, sign, delta);
CREATE INDEX offer_event_offer ON offer_event (offer_id);
CREATE UNIQUE INDEX offer_event_restores ON offer_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX offer_event_reverses ON offer_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX offer_use_count ON offer_use (counted_in, community_id, sign, times);
CREATE INDEX offer_use_offer ON offer_use (offer_id);
CREATE INDEX offer_use_partner ON offer_use (partner_id);
CREATE UNIQUE INDEX offer_use_restores ON offer_use (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX offer_use_reverses ON offer_use (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX organising_activity ON organising (activity_id);
CREATE INDEX organising_count ON organising (counted_in, community_id, partner_id, sign);
CREATE INDEX organising_partner ON organising (partner_id, community_id, counted_in, sign);
CREATE UNIQUE INDEX organising_restores ON organising (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX organising_reverses ON organising (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX pairing_active ON pairing (community_id, partner_id) WHERE withdrawn = 0 AND status = 'active';
CREATE INDEX pairing_partner ON pairing (partner_id);
CREATE INDEX pairing_event_count ON pairing_event (counted_in, community_id, sign, delta);
CREATE INDEX pairing_event_pairing ON pairing_event (pairing_id);
CREATE UNIQUE INDEX pairing_event_restores ON pairing_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX pairing_event_reverses ON pairing_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX participation_activity ON participation (activity_id);
CREATE INDEX participation_count ON participation (counted_in, community_id, partner_id, sign, minutes);
CREATE INDEX participation_partner ON participation (partner_id, community_id, counted_in, sign);
CREATE UNIQUE INDEX participation_restores ON participation (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX participation_reverses ON participation (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX participation_waiting ON participation (community_id) WHERE needs_confirmer = 1;
CREATE UNIQUE INDEX partner_credit_code ON partner (credit_code) WHERE withdrawn = 0 AND status <> 'merged' AND credit_code <> '';
CREATE INDEX partner_initials ON partner (initials);
CREATE INDEX partner_merged ON partner (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX partner_name_key ON partner (name_key);
CREATE INDEX partner_phone_tail ON partner (phone_tail);
CREATE INDEX partner_pinyin ON partner (pinyin);
CREATE UNIQUE INDEX partner_same_person ON partner (community_id, name_key, phone) WHERE withdrawn = 0 AND status <> 'merged' AND phone <> '';
CREATE INDEX partner_short_initials ON partner (short_initials) WHERE short_initials <> '';
CREATE INDEX partner_short_key ON partner (short_key) WHERE short_key <> '';
CREATE INDEX partner_short_pinyin ON partner (short_pinyin) WHERE short_pinyin <> '';
CREATE INDEX period_closing_month ON period_closing (community_id, month);
CREATE UNIQUE INDEX period_closing_restores ON period_closing (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX period_closing_reverses ON period_closing (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX project_active ON project (community_id, title_key) WHERE withdrawn = 0 AND status = 'active';
CREATE INDEX project_due ON project (next_evaluation_on) WHERE status = 'active';
CREATE INDEX project_evaluation ON project (evaluation_id);
CREATE INDEX project_meeting ON project (meeting_id);
CREATE INDEX project_need ON project (need_id);
CREATE INDEX project_title ON project (title_key);
CREATE INDEX project_event_count ON project_event (counted_in, community_id, event, sign, delta);
CREATE INDEX project_event_project ON project_event (project_id, happened_on);
CREATE UNIQUE INDEX project_event_restores ON project_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX project_event_reverses ON project_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX project_partner_partner ON project_partner (partner_id);
CREATE INDEX project_partner_project ON project_partner (project_id, partner_id);
CREATE UNIQUE INDEX project_partner_restores ON project_partner (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX project_partner_reverses ON project_partner (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX project_presence_count ON project_presence (counted_in, community_id, partner_id, sign);
CREATE INDEX project_presence_heads ON project_presence (community_id, partner_id, counted_in, sign);
CREATE INDEX project_presence_partner ON project_presence (partner_id);
CREATE UNIQUE INDEX project_presence_restores ON project_presence (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX project_presence_reverses ON project_presence (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX project_presence_session ON project_presence (session_id, partner_id);
CREATE INDEX project_session_count ON project_session (counted_in, community_id, sign, served);
CREATE INDEX project_session_project ON project_session (project_id, happened_on);
CREATE UNIQUE INDEX project_session_restores ON project_session (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX project_session_reverses ON project_session (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX redemption_count ON redemption (counted_in, community_id, partner_id, sign);
CREATE INDEX redemption_heads ON redemption (partner_id, community_id, counted_in, sign);
CREATE INDEX redemption_partner ON redemption (partner_id, happened_on);
CREATE UNIQUE INDEX redemption_restores ON redemption (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX redemption_reverses ON redemption (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX resolution_meeting ON resolution (meeting_id);
CREATE INDEX resolution_open ON resolution (community_id, due_on) WHERE status = 'open';
CREATE INDEX resolution_title ON resolution (title_key);
CREATE INDEX resolution_event_count ON resolution_event (counted_in, community_id, event, sign, done);
CREATE INDEX resolution_event_resolution ON resolution_event (resolution_id);
CREATE UNIQUE INDEX resolution_event_restores ON resolution_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX resolution_event_reverses ON resolution_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX response_once ON response (dispatch_id, partner_id) WHERE withdrawn = 0;
CREATE INDEX response_partner ON response (partner_id);
CREATE INDEX response_event_count ON response_event (counted_in, community_id, event, sign);
CREATE INDEX response_event_dispatch ON response_event (dispatch_id);
CREATE INDEX response_event_response ON response_event (response_id, round);
CREATE UNIQUE INDEX response_event_restores ON response_event (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX response_event_reverses ON response_event (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX rule_code ON rule (code) WHERE withdrawn = 0;
CREATE UNIQUE INDEX rule_version_restores ON rule_version (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX rule_version_reverses ON rule_version (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX rule_version_rule ON rule_version (rule_id, valid_from);
CREATE INDEX standing_count ON standing (kind, counted_in, community_id, sign, delta);
CREATE INDEX standing_partner ON standing (partner_id);
CREATE UNIQUE INDEX standing_restores ON standing (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX standing_reverses ON standing (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX star_level_partner ON star_level (partner_id, year);
CREATE UNIQUE INDEX star_level_restores ON star_level (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX star_level_reverses ON star_level (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX star_level_year ON star_level (year, community_id);
CREATE INDEX star_rule_level ON star_rule (level, valid_from);
CREATE UNIQUE INDEX star_rule_restores ON star_rule (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX star_rule_reverses ON star_rule (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX stock_move_count ON stock_move (counted_in, item_id, kind, quantity);
CREATE INDEX stock_move_donor ON stock_move (donor_id) WHERE donor_id IS NOT NULL;
CREATE INDEX stock_move_item ON stock_move (item_id, happened_on);
CREATE INDEX stock_move_redemption ON stock_move (redemption_id) WHERE redemption_id IS NOT NULL;
CREATE UNIQUE INDEX stock_move_restores ON stock_move (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX stock_move_reverses ON stock_move (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX support_given_booking ON support_given (booking_id);
CREATE INDEX support_given_count ON support_given (counted_in, community_id, kind, sign);
CREATE INDEX support_given_partner ON support_given (partner_id);
CREATE UNIQUE INDEX support_given_restores ON support_given (restores_id) WHERE restores_id IS NOT NULL;
CREATE UNIQUE INDEX support_given_reverses ON support_given (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE UNIQUE INDEX venue_name ON venue (community_id, name_key) WHERE withdrawn = 0;
CREATE INDEX voucher_action ON voucher (action);
CREATE UNIQUE INDEX voucher_key ON voucher ("key") WHERE key IS NOT NULL;
CREATE INDEX voucher_undoes ON voucher (undoes_id) WHERE undoes_id IS NOT NULL;
CREATE TRIGGER activity_held_guard BEFORE INSERT ON activity_held BEGIN
  SELECT RAISE(ABORT, 'activity_held 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM activity_held WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM activity_held WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER activity_held_counter BEFORE INSERT ON activity_held WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM activity_held WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM activity_held o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.activity_id IS NEW.activity_id AND o.kind IS NEW.kind AND o.theme IS NEW.theme AND o.beneficiaries IS NEW.beneficiaries AND o.ethnic_groups IS NEW.ethnic_groups);
END;
CREATE TRIGGER activity_held_again BEFORE INSERT ON activity_held WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM activity_held WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM activity_held c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.activity_id IS NEW.activity_id AND c.kind IS NEW.kind AND c.theme IS NEW.theme AND c.beneficiaries IS NEW.beneficiaries AND c.ethnic_groups IS NEW.ethnic_groups);
END;
CREATE TRIGGER activity_held_no_update BEFORE UPDATE ON activity_held BEGIN
  SELECT RAISE(ABORT, 'activity_held 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER activity_held_no_delete BEFORE DELETE ON activity_held BEGIN
  SELECT RAISE(ABORT, 'activity_held 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER area_founding_guard BEFORE INSERT ON area_founding BEGIN
  SELECT RAISE(ABORT, 'area_founding 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM area_founding WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM area_founding WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER area_founding_counter BEFORE INSERT ON area_founding WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM area_founding WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM area_founding o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on);
END;
CREATE TRIGGER area_founding_again BEFORE INSERT ON area_founding WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM area_founding WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM area_founding c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on);
END;
CREATE TRIGGER area_founding_no_update BEFORE UPDATE ON area_founding BEGIN
  SELECT RAISE(ABORT, 'area_founding 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER area_founding_no_delete BEFORE DELETE ON area_founding BEGIN
  SELECT RAISE(ABORT, 'area_founding 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER arrival_guard BEFORE INSERT ON arrival BEGIN
  SELECT RAISE(ABORT, 'arrival 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM arrival WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM arrival WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER arrival_counter BEFORE INSERT ON arrival WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM arrival WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM arrival o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.response_event_id IS NEW.response_event_id AND o.dispatch_id IS NEW.dispatch_id AND o.partner_id IS NEW.partner_id AND o.heads IS NEW.heads AND o.party_members IS NEW.party_members);
END;
CREATE TRIGGER arrival_again BEFORE INSERT ON arrival WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM arrival WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM arrival c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.dispatch_id IS NEW.dispatch_id AND c.partner_id IS NEW.partner_id AND c.heads IS NEW.heads AND c.party_members IS NEW.party_members);
END;
CREATE TRIGGER arrival_no_update BEFORE UPDATE ON arrival BEGIN
  SELECT RAISE(ABORT, 'arrival 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER arrival_no_delete BEFORE DELETE ON arrival BEGIN
  SELECT RAISE(ABORT, 'arrival 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER arrival_reward_guard BEFORE INSERT ON arrival_reward BEGIN
  SELECT RAISE(ABORT, 'arrival_reward 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM arrival_reward WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM arrival_reward WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER arrival_reward_counter BEFORE INSERT ON arrival_reward WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM arrival_reward WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM arrival_reward o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.response_event_id IS NEW.response_event_id AND o.entry_id IS NEW.entry_id);
END;
CREATE TRIGGER arrival_reward_again BEFORE INSERT ON arrival_reward WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM arrival_reward WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM arrival_reward c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on);
END;
CREATE TRIGGER arrival_reward_no_update BEFORE UPDATE ON arrival_reward BEGIN
  SELECT RAISE(ABORT, 'arrival_reward 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER arrival_reward_no_delete BEFORE DELETE ON arrival_reward BEGIN
  SELECT RAISE(ABORT, 'arrival_reward 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER attending_guard BEFORE INSERT ON attending BEGIN
  SELECT RAISE(ABORT, 'attending 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM attending WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM attending WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER attending_counter BEFORE INSERT ON attending WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM attending WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM attending o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.meeting_id IS NEW.meeting_id AND o.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER attending_again BEFORE INSERT ON attending WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM attending WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM attending c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.meeting_id IS NEW.meeting_id AND c.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER attending_no_update BEFORE UPDATE ON attending BEGIN
  SELECT RAISE(ABORT, 'attending 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER attending_no_delete BEFORE DELETE ON attending BEGIN
  SELECT RAISE(ABORT, 'attending 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER confirmation_guard BEFORE INSERT ON confirmation BEGIN
  SELECT RAISE(ABORT, 'confirmation 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM confirmation WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM confirmation WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER confirmation_counter BEFORE INSERT ON confirmation WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM confirmation WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM confirmation o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.participation_id IS NEW.participation_id);
END;
CREATE TRIGGER confirmation_again BEFORE INSERT ON confirmation WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM confirmation WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM confirmation c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on);
END;
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation BEGIN
  SELECT RAISE(ABORT, 'confirmation 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation BEGIN
  SELECT RAISE(ABORT, 'confirmation 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER cooperation_guard BEFORE INSERT ON cooperation BEGIN
  SELECT RAISE(ABORT, 'cooperation 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM cooperation WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM cooperation WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER cooperation_counter BEFORE INSERT ON cooperation WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM cooperation WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM cooperation o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.meeting_id IS NEW.meeting_id AND o.partner_id IS NEW.partner_id AND o.with_id IS NEW.with_id AND o.offer_id IS NEW.offer_id AND o.need_id IS NEW.need_id);
END;
CREATE TRIGGER cooperation_again BEFORE INSERT ON cooperation WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM cooperation WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM cooperation c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.meeting_id IS NEW.meeting_id AND c.partner_id IS NEW.partner_id AND c.with_id IS NEW.with_id AND c.offer_id IS NEW.offer_id AND c.need_id IS NEW.need_id);
END;
CREATE TRIGGER cooperation_no_update BEFORE UPDATE ON cooperation BEGIN
  SELECT RAISE(ABORT, 'cooperation 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER cooperation_no_delete BEFORE DELETE ON cooperation BEGIN
  SELECT RAISE(ABORT, 'cooperation 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER dispatch_event_guard BEFORE INSERT ON dispatch_event BEGIN
  SELECT RAISE(ABORT, 'dispatch_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM dispatch_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM dispatch_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER dispatch_event_counter BEFORE INSERT ON dispatch_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM dispatch_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM dispatch_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.dispatch_id IS NEW.dispatch_id AND o.kind IS NEW.kind AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.minute IS NEW.minute AND o.minutes IS NEW.minutes);
END;
CREATE TRIGGER dispatch_event_again BEFORE INSERT ON dispatch_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM dispatch_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM dispatch_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.dispatch_id IS NEW.dispatch_id AND c.kind IS NEW.kind AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.minute IS NEW.minute AND c.minutes IS NEW.minutes);
END;
CREATE TRIGGER dispatch_event_no_update BEFORE UPDATE ON dispatch_event BEGIN
  SELECT RAISE(ABORT, 'dispatch_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER dispatch_event_no_delete BEFORE DELETE ON dispatch_event BEGIN
  SELECT RAISE(ABORT, 'dispatch_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER entry_guard BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'entry 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM entry WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER entry_counter BEFORE INSERT ON entry WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM entry WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM entry o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.partner_id IS NEW.partner_id AND o.kind IS NEW.kind AND o.earned_on IS NEW.earned_on AND o.rule_version_id IS NEW.rule_version_id AND o.participation_id IS NEW.participation_id AND o.issue_help_id IS NEW.issue_help_id AND o.redemption_id IS NEW.redemption_id AND abs(NEW.points) + NEW.shortfall = abs(o.points) + ifnull((SELECT k.shortfall FROM entry k WHERE k.id = o.restores_id), 0) AND NEW.points * o.points <= 0);
END;
CREATE TRIGGER entry_again BEFORE INSERT ON entry WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM entry WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM entry c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id AND c.kind IS NEW.kind AND c.earned_on IS NEW.earned_on AND abs(NEW.points) <= abs(c.points) AND NEW.points * c.points <= 0);
END;
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'entry 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'entry 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER evaluation_guard BEFORE INSERT ON evaluation BEGIN
  SELECT RAISE(ABORT, 'evaluation 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM evaluation WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM evaluation WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER evaluation_counter BEFORE INSERT ON evaluation WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM evaluation WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM evaluation o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.project_id IS NEW.project_id AND o.asked IS NEW.asked AND o.satisfied IS NEW.satisfied AND o.attendance IS NEW.attendance AND o.cost_fen IS NEW.cost_fen AND o.need_met IS NEW.need_met AND o.result IS NEW.result);
END;
CREATE TRIGGER evaluation_again BEFORE INSERT ON evaluation WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM evaluation WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM evaluation c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.project_id IS NEW.project_id AND c.asked IS NEW.asked AND c.satisfied IS NEW.satisfied AND c.attendance IS NEW.attendance AND c.cost_fen IS NEW.cost_fen AND c.need_met IS NEW.need_met AND c.result IS NEW.result);
END;
CREATE TRIGGER evaluation_no_update BEFORE UPDATE ON evaluation BEGIN
  SELECT RAISE(ABORT, 'evaluation 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER evaluation_no_delete BEFORE DELETE ON evaluation BEGIN
  SELECT RAISE(ABORT, 'evaluation 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER honour_given_guard BEFORE INSERT ON honour_given BEGIN
  SELECT RAISE(ABORT, 'honour_given 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM honour_given WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM honour_given WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER honour_given_counter BEFORE INSERT ON honour_given WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM honour_given WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM honour_given o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.honour_id IS NEW.honour_id AND o.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER honour_given_again BEFORE INSERT ON honour_given WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM honour_given WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM honour_given c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.honour_id IS NEW.honour_id AND c.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER honour_given_no_update BEFORE UPDATE ON honour_given BEGIN
  SELECT RAISE(ABORT, 'honour_given 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER honour_given_no_delete BEFORE DELETE ON honour_given BEGIN
  SELECT RAISE(ABORT, 'honour_given 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER issue_event_guard BEFORE INSERT ON issue_event BEGIN
  SELECT RAISE(ABORT, 'issue_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM issue_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM issue_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER issue_event_counter BEFORE INSERT ON issue_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM issue_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM issue_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.issue_id IS NEW.issue_id AND o.event IS NEW.event AND o.category IS NEW.category AND o.due_on IS NEW.due_on AND o.reported IS NEW.reported AND o.open IS NEW.open AND o.resolved IS NEW.resolved AND o.confirmed IS NEW.confirmed AND o.beneficiaries IS NEW.beneficiaries AND o.satisfied IS NEW.satisfied);
END;
CREATE TRIGGER issue_event_again BEFORE INSERT ON issue_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM issue_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM issue_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.issue_id IS NEW.issue_id AND c.event IS NEW.event AND c.category IS NEW.category AND c.due_on IS NEW.due_on AND c.reported IS NEW.reported AND c.open IS NEW.open AND c.resolved IS NEW.resolved AND c.confirmed IS NEW.confirmed AND c.beneficiaries IS NEW.beneficiaries AND c.satisfied IS NEW.satisfied);
END;
CREATE TRIGGER issue_event_no_update BEFORE UPDATE ON issue_event BEGIN
  SELECT RAISE(ABORT, 'issue_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER issue_event_no_delete BEFORE DELETE ON issue_event BEGIN
  SELECT RAISE(ABORT, 'issue_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER issue_help_guard BEFORE INSERT ON issue_help BEGIN
  SELECT RAISE(ABORT, 'issue_help 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM issue_help WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM issue_help WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER issue_help_counter BEFORE INSERT ON issue_help WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM issue_help WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM issue_help o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.issue_id IS NEW.issue_id AND o.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER issue_help_again BEFORE INSERT ON issue_help WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM issue_help WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM issue_help c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.issue_id IS NEW.issue_id AND c.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER issue_help_no_update BEFORE UPDATE ON issue_help BEGIN
  SELECT RAISE(ABORT, 'issue_help 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER issue_help_no_delete BEFORE DELETE ON issue_help BEGIN
  SELECT RAISE(ABORT, 'issue_help 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER item_price_guard BEFORE INSERT ON item_price BEGIN
  SELECT RAISE(ABORT, 'item_price 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM item_price WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM item_price WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER item_price_counter BEFORE INSERT ON item_price WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM item_price WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM item_price o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.item_id IS NEW.item_id AND o.price IS NEW.price);
END;
CREATE TRIGGER item_price_again BEFORE INSERT ON item_price WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM item_price WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM item_price c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.item_id IS NEW.item_id AND c.price IS NEW.price);
END;
CREATE TRIGGER item_price_no_update BEFORE UPDATE ON item_price BEGIN
  SELECT RAISE(ABORT, 'item_price 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER item_price_no_delete BEFORE DELETE ON item_price BEGIN
  SELECT RAISE(ABORT, 'item_price 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER meeting_held_guard BEFORE INSERT ON meeting_held BEGIN
  SELECT RAISE(ABORT, 'meeting_held 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM meeting_held WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM meeting_held WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER meeting_held_counter BEFORE INSERT ON meeting_held WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM meeting_held WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM meeting_held o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.meeting_id IS NEW.meeting_id AND o.kind IS NEW.kind AND o.attendance IS NEW.attendance);
END;
CREATE TRIGGER meeting_held_again BEFORE INSERT ON meeting_held WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM meeting_held WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM meeting_held c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.meeting_id IS NEW.meeting_id AND c.kind IS NEW.kind AND c.attendance IS NEW.attendance);
END;
CREATE TRIGGER meeting_held_no_update BEFORE UPDATE ON meeting_held BEGIN
  SELECT RAISE(ABORT, 'meeting_held 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER meeting_held_no_delete BEFORE DELETE ON meeting_held BEGIN
  SELECT RAISE(ABORT, 'meeting_held 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER need_event_guard BEFORE INSERT ON need_event BEGIN
  SELECT RAISE(ABORT, 'need_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM need_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM need_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER need_event_counter BEFORE INSERT ON need_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM need_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM need_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.need_id IS NEW.need_id AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.category IS NEW.category AND o.heads IS NEW.heads);
END;
CREATE TRIGGER need_event_again BEFORE INSERT ON need_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM need_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM need_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.need_id IS NEW.need_id AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.category IS NEW.category AND c.heads IS NEW.heads);
END;
CREATE TRIGGER need_event_no_update BEFORE UPDATE ON need_event BEGIN
  SELECT RAISE(ABORT, 'need_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER need_event_no_delete BEFORE DELETE ON need_event BEGIN
  SELECT RAISE(ABORT, 'need_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER offer_event_guard BEFORE INSERT ON offer_event BEGIN
  SELECT RAISE(ABORT, 'offer_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM offer_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM offer_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER offer_event_counter BEFORE INSERT ON offer_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM offer_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM offer_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.offer_id IS NEW.offer_id AND o.partner_id IS NEW.partner_id AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.trade IS NEW.trade AND o.terms IS NEW.terms);
END;
CREATE TRIGGER offer_event_again BEFORE INSERT ON offer_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM offer_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM offer_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.offer_id IS NEW.offer_id AND c.partner_id IS NEW.partner_id AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.trade IS NEW.trade AND c.terms IS NEW.terms);
END;
CREATE TRIGGER offer_event_no_update BEFORE UPDATE ON offer_event BEGIN
  SELECT RAISE(ABORT, 'offer_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER offer_event_no_delete BEFORE DELETE ON offer_event BEGIN
  SELECT RAISE(ABORT, 'offer_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER offer_use_guard BEFORE INSERT ON offer_use BEGIN
  SELECT RAISE(ABORT, 'offer_use 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM offer_use WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM offer_use WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER offer_use_counter BEFORE INSERT ON offer_use WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM offer_use WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM offer_use o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.offer_id IS NEW.offer_id AND o.partner_id IS NEW.partner_id AND o.times IS NEW.times);
END;
CREATE TRIGGER offer_use_again BEFORE INSERT ON offer_use WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM offer_use WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM offer_use c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.offer_id IS NEW.offer_id AND c.partner_id IS NEW.partner_id AND c.times IS NEW.times);
END;
CREATE TRIGGER offer_use_no_update BEFORE UPDATE ON offer_use BEGIN
  SELECT RAISE(ABORT, 'offer_use 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER offer_use_no_delete BEFORE DELETE ON offer_use BEGIN
  SELECT RAISE(ABORT, 'offer_use 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER organising_guard BEFORE INSERT ON organising BEGIN
  SELECT RAISE(ABORT, 'organising 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM organising WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM organising WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER organising_counter BEFORE INSERT ON organising WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM organising WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM organising o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.activity_id IS NEW.activity_id AND o.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER organising_again BEFORE INSERT ON organising WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM organising WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM organising c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.activity_id IS NEW.activity_id AND c.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER organising_no_update BEFORE UPDATE ON organising BEGIN
  SELECT RAISE(ABORT, 'organising 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER organising_no_delete BEFORE DELETE ON organising BEGIN
  SELECT RAISE(ABORT, 'organising 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER pairing_event_guard BEFORE INSERT ON pairing_event BEGIN
  SELECT RAISE(ABORT, 'pairing_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM pairing_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM pairing_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER pairing_event_counter BEFORE INSERT ON pairing_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM pairing_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM pairing_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.pairing_id IS NEW.pairing_id AND o.partner_id IS NEW.partner_id AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.links IS NEW.links);
END;
CREATE TRIGGER pairing_event_again BEFORE INSERT ON pairing_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM pairing_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM pairing_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.pairing_id IS NEW.pairing_id AND c.partner_id IS NEW.partner_id AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.links IS NEW.links);
END;
CREATE TRIGGER pairing_event_no_update BEFORE UPDATE ON pairing_event BEGIN
  SELECT RAISE(ABORT, 'pairing_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER pairing_event_no_delete BEFORE DELETE ON pairing_event BEGIN
  SELECT RAISE(ABORT, 'pairing_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER participation_guard BEFORE INSERT ON participation BEGIN
  SELECT RAISE(ABORT, 'participation 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM participation WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM participation WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER participation_counter BEFORE INSERT ON participation WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM participation WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM participation o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.activity_id IS NEW.activity_id AND o.partner_id IS NEW.partner_id AND o.role IS NEW.role AND o.minutes IS NEW.minutes AND o.rule_version_id IS NEW.rule_version_id AND o.needs_confirmer IS NEW.needs_confirmer);
END;
CREATE TRIGGER participation_again BEFORE INSERT ON participation WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM participation WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM participation c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.activity_id IS NEW.activity_id AND c.partner_id IS NEW.partner_id AND c.role IS NEW.role AND c.minutes IS NEW.minutes AND c.needs_confirmer IS NEW.needs_confirmer);
END;
CREATE TRIGGER participation_no_update BEFORE UPDATE ON participation BEGIN
  SELECT RAISE(ABORT, 'participation 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER participation_no_delete BEFORE DELETE ON participation BEGIN
  SELECT RAISE(ABORT, 'participation 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER period_closing_guard BEFORE INSERT ON period_closing BEGIN
  SELECT RAISE(ABORT, 'period_closing 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM period_closing WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM period_closing WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER period_closing_counter BEFORE INSERT ON period_closing WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM period_closing WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM period_closing o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.month IS NEW.month);
END;
CREATE TRIGGER period_closing_again BEFORE INSERT ON period_closing WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM period_closing WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM period_closing c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.month IS NEW.month);
END;
CREATE TRIGGER period_closing_no_update BEFORE UPDATE ON period_closing BEGIN
  SELECT RAISE(ABORT, 'period_closing 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER period_closing_no_delete BEFORE DELETE ON period_closing BEGIN
  SELECT RAISE(ABORT, 'period_closing 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_event_guard BEFORE INSERT ON project_event BEGIN
  SELECT RAISE(ABORT, 'project_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM project_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM project_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER project_event_counter BEFORE INSERT ON project_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM project_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM project_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.project_id IS NEW.project_id AND o.event IS NEW.event AND o.delta IS NEW.delta);
END;
CREATE TRIGGER project_event_again BEFORE INSERT ON project_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM project_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM project_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.project_id IS NEW.project_id AND c.event IS NEW.event AND c.delta IS NEW.delta);
END;
CREATE TRIGGER project_event_no_update BEFORE UPDATE ON project_event BEGIN
  SELECT RAISE(ABORT, 'project_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_event_no_delete BEFORE DELETE ON project_event BEGIN
  SELECT RAISE(ABORT, 'project_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_partner_guard BEFORE INSERT ON project_partner BEGIN
  SELECT RAISE(ABORT, 'project_partner 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM project_partner WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM project_partner WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER project_partner_counter BEFORE INSERT ON project_partner WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM project_partner WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM project_partner o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.project_id IS NEW.project_id AND o.partner_id IS NEW.partner_id AND o.delta IS NEW.delta);
END;
CREATE TRIGGER project_partner_again BEFORE INSERT ON project_partner WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM project_partner WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM project_partner c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.project_id IS NEW.project_id AND c.partner_id IS NEW.partner_id AND c.delta IS NEW.delta);
END;
CREATE TRIGGER project_partner_no_update BEFORE UPDATE ON project_partner BEGIN
  SELECT RAISE(ABORT, 'project_partner 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_partner_no_delete BEFORE DELETE ON project_partner BEGIN
  SELECT RAISE(ABORT, 'project_partner 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_presence_guard BEFORE INSERT ON project_presence BEGIN
  SELECT RAISE(ABORT, 'project_presence 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM project_presence WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM project_presence WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER project_presence_counter BEFORE INSERT ON project_presence WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM project_presence WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM project_presence o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.session_id IS NEW.session_id AND o.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER project_presence_again BEFORE INSERT ON project_presence WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM project_presence WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM project_presence c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id);
END;
CREATE TRIGGER project_presence_no_update BEFORE UPDATE ON project_presence BEGIN
  SELECT RAISE(ABORT, 'project_presence 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_presence_no_delete BEFORE DELETE ON project_presence BEGIN
  SELECT RAISE(ABORT, 'project_presence 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_session_guard BEFORE INSERT ON project_session BEGIN
  SELECT RAISE(ABORT, 'project_session 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM project_session WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM project_session WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER project_session_counter BEFORE INSERT ON project_session WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM project_session WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM project_session o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.project_id IS NEW.project_id AND o.served IS NEW.served AND o.minutes IS NEW.minutes);
END;
CREATE TRIGGER project_session_again BEFORE INSERT ON project_session WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM project_session WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM project_session c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.project_id IS NEW.project_id AND c.served IS NEW.served AND c.minutes IS NEW.minutes);
END;
CREATE TRIGGER project_session_no_update BEFORE UPDATE ON project_session BEGIN
  SELECT RAISE(ABORT, 'project_session 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER project_session_no_delete BEFORE DELETE ON project_session BEGIN
  SELECT RAISE(ABORT, 'project_session 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER redemption_guard BEFORE INSERT ON redemption BEGIN
  SELECT RAISE(ABORT, 'redemption 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM redemption WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM redemption WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER redemption_counter BEFORE INSERT ON redemption WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM redemption WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM redemption o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.partner_id IS NEW.partner_id AND o.points IS NEW.points);
END;
CREATE TRIGGER redemption_again BEFORE INSERT ON redemption WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM redemption WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM redemption c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id AND c.points IS NEW.points);
END;
CREATE TRIGGER redemption_no_update BEFORE UPDATE ON redemption BEGIN
  SELECT RAISE(ABORT, 'redemption 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER redemption_no_delete BEFORE DELETE ON redemption BEGIN
  SELECT RAISE(ABORT, 'redemption 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER resolution_event_guard BEFORE INSERT ON resolution_event BEGIN
  SELECT RAISE(ABORT, 'resolution_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM resolution_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM resolution_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER resolution_event_counter BEFORE INSERT ON resolution_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM resolution_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM resolution_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.resolution_id IS NEW.resolution_id AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.done IS NEW.done);
END;
CREATE TRIGGER resolution_event_again BEFORE INSERT ON resolution_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM resolution_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM resolution_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.resolution_id IS NEW.resolution_id AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.done IS NEW.done);
END;
CREATE TRIGGER resolution_event_no_update BEFORE UPDATE ON resolution_event BEGIN
  SELECT RAISE(ABORT, 'resolution_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER resolution_event_no_delete BEFORE DELETE ON resolution_event BEGIN
  SELECT RAISE(ABORT, 'resolution_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER response_event_guard BEFORE INSERT ON response_event BEGIN
  SELECT RAISE(ABORT, 'response_event 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM response_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM response_event WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER response_event_counter BEFORE INSERT ON response_event WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM response_event WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM response_event o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.response_id IS NEW.response_id AND o.dispatch_id IS NEW.dispatch_id AND o.partner_id IS NEW.partner_id AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.round IS NEW.round AND o.minute IS NEW.minute AND o.minutes IS NEW.minutes);
END;
CREATE TRIGGER response_event_again BEFORE INSERT ON response_event WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM response_event WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM response_event c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.response_id IS NEW.response_id AND c.dispatch_id IS NEW.dispatch_id AND c.partner_id IS NEW.partner_id AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.round IS NEW.round AND c.minute IS NEW.minute AND c.minutes IS NEW.minutes);
END;
CREATE TRIGGER response_event_no_update BEFORE UPDATE ON response_event BEGIN
  SELECT RAISE(ABORT, 'response_event 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER response_event_no_delete BEFORE DELETE ON response_event BEGIN
  SELECT RAISE(ABORT, 'response_event 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER rule_version_guard BEFORE INSERT ON rule_version BEGIN
  SELECT RAISE(ABORT, 'rule_version 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM rule_version WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM rule_version WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '规则属于台账的最上级区域。') WHERE NOT EXISTS (SELECT 1 FROM area WHERE id = NEW.community_id AND parent_id IS NULL);
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER rule_version_counter BEFORE INSERT ON rule_version WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM rule_version WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM rule_version o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.rule_id IS NEW.rule_id AND o.points IS NEW.points AND o.per IS NEW.per AND o.cap_activity IS NEW.cap_activity AND o.cap_day IS NEW.cap_day AND o.cap_month IS NEW.cap_month AND o.cap_year IS NEW.cap_year AND o.needs_confirmer IS NEW.needs_confirmer AND o.valid_from IS NEW.valid_from AND o.valid_to IS NEW.valid_to);
END;
CREATE TRIGGER rule_version_again BEFORE INSERT ON rule_version WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM rule_version WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM rule_version c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.rule_id IS NEW.rule_id AND c.points IS NEW.points AND c.per IS NEW.per AND c.cap_activity IS NEW.cap_activity AND c.cap_day IS NEW.cap_day AND c.cap_month IS NEW.cap_month AND c.cap_year IS NEW.cap_year AND c.needs_confirmer IS NEW.needs_confirmer AND c.valid_from IS NEW.valid_from AND c.valid_to IS NEW.valid_to);
END;
CREATE TRIGGER rule_version_no_update BEFORE UPDATE ON rule_version BEGIN
  SELECT RAISE(ABORT, 'rule_version 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER rule_version_no_delete BEFORE DELETE ON rule_version BEGIN
  SELECT RAISE(ABORT, 'rule_version 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER standing_guard BEFORE INSERT ON standing BEGIN
  SELECT RAISE(ABORT, 'standing 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM standing WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM standing WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER standing_counter BEFORE INSERT ON standing WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM standing WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM standing o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.partner_id IS NEW.partner_id AND o.kind IS NEW.kind AND o.event IS NEW.event AND o.delta IS NEW.delta AND o.into_id IS NEW.into_id);
END;
CREATE TRIGGER standing_again BEFORE INSERT ON standing WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM standing WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM standing c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id AND c.kind IS NEW.kind AND c.event IS NEW.event AND c.delta IS NEW.delta AND c.into_id IS NEW.into_id);
END;
CREATE TRIGGER standing_no_update BEFORE UPDATE ON standing BEGIN
  SELECT RAISE(ABORT, 'standing 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER standing_no_delete BEFORE DELETE ON standing BEGIN
  SELECT RAISE(ABORT, 'standing 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER star_level_guard BEFORE INSERT ON star_level BEGIN
  SELECT RAISE(ABORT, 'star_level 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM star_level WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM star_level WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER star_level_counter BEFORE INSERT ON star_level WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM star_level WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM star_level o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.star_rule_id IS NEW.star_rule_id AND o.partner_id IS NEW.partner_id AND o.year IS NEW.year AND o.level IS NEW.level AND o.minutes IS NEW.minutes AND o.points IS NEW.points AND o.years IS NEW.years);
END;
CREATE TRIGGER star_level_again BEFORE INSERT ON star_level WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM star_level WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM star_level c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id AND c.year IS NEW.year AND c.level IS NEW.level AND c.minutes IS NEW.minutes AND c.points IS NEW.points AND c.years IS NEW.years);
END;
CREATE TRIGGER star_level_no_update BEFORE UPDATE ON star_level BEGIN
  SELECT RAISE(ABORT, 'star_level 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER star_level_no_delete BEFORE DELETE ON star_level BEGIN
  SELECT RAISE(ABORT, 'star_level 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER star_rule_guard BEFORE INSERT ON star_rule BEGIN
  SELECT RAISE(ABORT, 'star_rule 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM star_rule WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM star_rule WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '规则属于台账的最上级区域。') WHERE NOT EXISTS (SELECT 1 FROM area WHERE id = NEW.community_id AND parent_id IS NULL);
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER star_rule_counter BEFORE INSERT ON star_rule WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM star_rule WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM star_rule o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.level IS NEW.level AND o.minutes IS NEW.minutes AND o.points IS NEW.points AND o.years IS NEW.years AND o.valid_from IS NEW.valid_from);
END;
CREATE TRIGGER star_rule_again BEFORE INSERT ON star_rule WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM star_rule WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM star_rule c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.level IS NEW.level AND c.minutes IS NEW.minutes AND c.points IS NEW.points AND c.years IS NEW.years AND c.valid_from IS NEW.valid_from);
END;
CREATE TRIGGER star_rule_no_update BEFORE UPDATE ON star_rule BEGIN
  SELECT RAISE(ABORT, 'star_rule 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER star_rule_no_delete BEFORE DELETE ON star_rule BEGIN
  SELECT RAISE(ABORT, 'star_rule 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER stock_move_guard BEFORE INSERT ON stock_move BEGIN
  SELECT RAISE(ABORT, 'stock_move 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM stock_move WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM stock_move WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER stock_move_counter BEFORE INSERT ON stock_move WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM stock_move WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM stock_move o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.item_id IS NEW.item_id AND o.kind IS NEW.kind AND o.price IS NEW.price AND o.donor_id IS NEW.donor_id AND o.redemption_id IS NEW.redemption_id AND abs(NEW.quantity) + 0 = abs(o.quantity) AND NEW.quantity * o.quantity <= 0);
END;
CREATE TRIGGER stock_move_again BEFORE INSERT ON stock_move WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM stock_move WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM stock_move c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.item_id IS NEW.item_id AND c.kind IS NEW.kind AND c.price IS NEW.price AND c.donor_id IS NEW.donor_id AND abs(NEW.quantity) <= abs(c.quantity) AND NEW.quantity * c.quantity <= 0);
END;
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move BEGIN
  SELECT RAISE(ABORT, 'stock_move 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move BEGIN
  SELECT RAISE(ABORT, 'stock_move 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER support_given_guard BEFORE INSERT ON support_given BEGIN
  SELECT RAISE(ABORT, 'support_given 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM support_given WHERE id = NEW.id);
  SELECT RAISE(ABORT, '同一凭证里行号重复。') WHERE EXISTS (SELECT 1 FROM support_given WHERE voucher_id = NEW.voucher_id AND line = NEW.line);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加事实。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '该社区这个月已经结账（或区域不是社区），不能再计入。') WHERE NEW.counted_in <= ifnull((SELECT month FROM closed_month WHERE community_id = NEW.community_id), '9999-99');
  SELECT RAISE(ABORT, '发生日期在记账日期之后。') WHERE NEW.happened_on > (SELECT substr(recorded_at, 1, 10) FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER support_given_counter BEFORE INSERT ON support_given WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔已经冲正过。') WHERE EXISTS (SELECT 1 FROM support_given WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, '冲正与原来的一笔不符。') WHERE NOT EXISTS (SELECT 1 FROM support_given o WHERE o.id = NEW.reverses_id AND o.sign = 1 AND o.community_id IS NEW.community_id AND o.happened_on IS NEW.happened_on AND o.partner_id IS NEW.partner_id AND o.kind IS NEW.kind AND o.booking_id IS NEW.booking_id AND o.venue_id IS NEW.venue_id AND o.minutes IS NEW.minutes);
END;
CREATE TRIGGER support_given_again BEFORE INSERT ON support_given WHEN NEW.restores_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '这一笔冲正已经撤销过。') WHERE EXISTS (SELECT 1 FROM support_given WHERE restores_id = NEW.restores_id);
  SELECT RAISE(ABORT, '恢复的一笔与冲正掉的不符。') WHERE NOT EXISTS (SELECT 1 FROM support_given c WHERE c.id = NEW.restores_id AND c.sign = -1 AND NEW.sign = 1 AND c.community_id IS NEW.community_id AND c.happened_on IS NEW.happened_on AND c.partner_id IS NEW.partner_id AND c.kind IS NEW.kind AND c.booking_id IS NEW.booking_id AND c.venue_id IS NEW.venue_id AND c.minutes IS NEW.minutes);
END;
CREATE TRIGGER support_given_no_update BEFORE UPDATE ON support_given BEGIN
  SELECT RAISE(ABORT, 'support_given 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER support_given_no_delete BEFORE DELETE ON support_given BEGIN
  SELECT RAISE(ABORT, 'support_given 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER activity_guard BEFORE INSERT ON activity BEGIN
  SELECT RAISE(ABORT, 'activity 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM activity WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM activity WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM activity WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM activity WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER activity_edit BEFORE UPDATE ON activity BEGIN
  SELECT RAISE(ABORT, 'activity 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'activity 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER activity_history AFTER UPDATE ON activity BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'activity', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'held_on', OLD.held_on, NEW.held_on WHERE OLD.held_on IS NOT NEW.held_on
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN
  SELECT RAISE(ABORT, 'activity 不能删除；请用撤销。');
END;
CREATE TRIGGER area_guard BEFORE INSERT ON area BEGIN
  SELECT RAISE(ABORT, 'area 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM area WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM area WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的区域已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM area WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
  SELECT RAISE(ABORT, '同样的区域已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM area WHERE parent_id IS NEW.parent_id AND name IS NEW.name AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER area_edit BEFORE UPDATE ON area BEGIN
  SELECT RAISE(ABORT, 'area 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的区域已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM area WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
  SELECT RAISE(ABORT, '同样的区域已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM area WHERE parent_id IS NEW.parent_id AND name IS NEW.name AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER area_history AFTER UPDATE ON area BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'area', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'kind', OLD.kind, NEW.kind WHERE OLD.kind IS NOT NEW.kind
    UNION ALL SELECT 'parent_id', OLD.parent_id, NEW.parent_id WHERE OLD.parent_id IS NOT NEW.parent_id
    UNION ALL SELECT 'code', OLD.code, NEW.code WHERE OLD.code IS NOT NEW.code
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'pinyin', OLD.pinyin, NEW.pinyin WHERE OLD.pinyin IS NOT NEW.pinyin
    UNION ALL SELECT 'initials', OLD.initials, NEW.initials WHERE OLD.initials IS NOT NEW.initials) c;
END;
CREATE TRIGGER area_no_delete BEFORE DELETE ON area BEGIN
  SELECT RAISE(ABORT, 'area 不能删除；请用撤销。');
END;
CREATE TRIGGER booking_guard BEFORE INSERT ON booking BEGIN
  SELECT RAISE(ABORT, 'booking 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM booking WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM booking WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM booking WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM booking WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER booking_edit BEFORE UPDATE ON booking BEGIN
  SELECT RAISE(ABORT, 'booking 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'booking 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER booking_history AFTER UPDATE ON booking BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'booking', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'venue_id', OLD.venue_id, NEW.venue_id WHERE OLD.venue_id IS NOT NEW.venue_id
    UNION ALL SELECT 'partner_id', OLD.partner_id, NEW.partner_id WHERE OLD.partner_id IS NOT NEW.partner_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'day', OLD.day, NEW.day WHERE OLD.day IS NOT NEW.day
    UNION ALL SELECT 'from_minute', OLD.from_minute, NEW.from_minute WHERE OLD.from_minute IS NOT NEW.from_minute
    UNION ALL SELECT 'to_minute', OLD.to_minute, NEW.to_minute WHERE OLD.to_minute IS NOT NEW.to_minute
    UNION ALL SELECT 'purpose', OLD.purpose, NEW.purpose WHERE OLD.purpose IS NOT NEW.purpose) c;
END;
CREATE TRIGGER booking_no_delete BEFORE DELETE ON booking BEGIN
  SELECT RAISE(ABORT, 'booking 不能删除；请用撤销。');
END;
CREATE TRIGGER dispatch_guard BEFORE INSERT ON dispatch BEGIN
  SELECT RAISE(ABORT, 'dispatch 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM dispatch WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM dispatch WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM dispatch WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM dispatch WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER dispatch_edit BEFORE UPDATE ON dispatch BEGIN
  SELECT RAISE(ABORT, 'dispatch 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'dispatch 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER dispatch_history AFTER UPDATE ON dispatch BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'dispatch', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'kind', OLD.kind, NEW.kind WHERE OLD.kind IS NOT NEW.kind
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'whistled_on', OLD.whistled_on, NEW.whistled_on WHERE OLD.whistled_on IS NOT NEW.whistled_on
    UNION ALL SELECT 'whistled_at', OLD.whistled_at, NEW.whistled_at WHERE OLD.whistled_at IS NOT NEW.whistled_at
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER dispatch_no_delete BEFORE DELETE ON dispatch BEGIN
  SELECT RAISE(ABORT, 'dispatch 不能删除；请用撤销。');
END;
CREATE TRIGGER honour_guard BEFORE INSERT ON honour BEGIN
  SELECT RAISE(ABORT, 'honour 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM honour WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM honour WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER honour_edit BEFORE UPDATE ON honour BEGIN
  SELECT RAISE(ABORT, 'honour 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER honour_history AFTER UPDATE ON honour BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'honour', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'level', OLD.level, NEW.level WHERE OLD.level IS NOT NEW.level
    UNION ALL SELECT 'given_by', OLD.given_by, NEW.given_by WHERE OLD.given_by IS NOT NEW.given_by) c;
END;
CREATE TRIGGER honour_no_delete BEFORE DELETE ON honour BEGIN
  SELECT RAISE(ABORT, 'honour 不能删除；请用撤销。');
END;
CREATE TRIGGER issue_guard BEFORE INSERT ON issue BEGIN
  SELECT RAISE(ABORT, 'issue 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM issue WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM issue WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM issue WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM issue WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER issue_edit BEFORE UPDATE ON issue BEGIN
  SELECT RAISE(ABORT, 'issue 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'issue 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER issue_history AFTER UPDATE ON issue BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'issue', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'category', OLD.category, NEW.category WHERE OLD.category IS NOT NEW.category
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'reported_on', OLD.reported_on, NEW.reported_on WHERE OLD.reported_on IS NOT NEW.reported_on
    UNION ALL SELECT 'due_on', OLD.due_on, NEW.due_on WHERE OLD.due_on IS NOT NEW.due_on
    UNION ALL SELECT 'assignee', OLD.assignee, NEW.assignee WHERE OLD.assignee IS NOT NEW.assignee
    UNION ALL SELECT 'duplicate_of_id', OLD.duplicate_of_id, NEW.duplicate_of_id WHERE OLD.duplicate_of_id IS NOT NEW.duplicate_of_id
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER issue_no_delete BEFORE DELETE ON issue BEGIN
  SELECT RAISE(ABORT, 'issue 不能删除；请用撤销。');
END;
CREATE TRIGGER issue_category_guard BEFORE INSERT ON issue_category BEGIN
  SELECT RAISE(ABORT, 'issue_category 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM issue_category WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM issue_category WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的问题类别已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM issue_category WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER issue_category_edit BEFORE UPDATE ON issue_category BEGIN
  SELECT RAISE(ABORT, 'issue_category 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的问题类别已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM issue_category WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER issue_category_history AFTER UPDATE ON issue_category BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'issue_category', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'code', OLD.code, NEW.code WHERE OLD.code IS NOT NEW.code
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'days', OLD.days, NEW.days WHERE OLD.days IS NOT NEW.days) c;
END;
CREATE TRIGGER issue_category_no_delete BEFORE DELETE ON issue_category BEGIN
  SELECT RAISE(ABORT, 'issue_category 不能删除；请用撤销。');
END;
CREATE TRIGGER item_guard BEFORE INSERT ON item BEGIN
  SELECT RAISE(ABORT, 'item 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM item WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM item WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM item WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM item WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的商品已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM item WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER item_edit BEFORE UPDATE ON item BEGIN
  SELECT RAISE(ABORT, 'item 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'item 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的商品已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM item WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER item_history AFTER UPDATE ON item BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'item', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'pinyin', OLD.pinyin, NEW.pinyin WHERE OLD.pinyin IS NOT NEW.pinyin
    UNION ALL SELECT 'initials', OLD.initials, NEW.initials WHERE OLD.initials IS NOT NEW.initials
    UNION ALL SELECT 'category', OLD.category, NEW.category WHERE OLD.category IS NOT NEW.category
    UNION ALL SELECT 'unit', OLD.unit, NEW.unit WHERE OLD.unit IS NOT NEW.unit
    UNION ALL SELECT 'quota_times', OLD.quota_times, NEW.quota_times WHERE OLD.quota_times IS NOT NEW.quota_times
    UNION ALL SELECT 'quota_period', OLD.quota_period, NEW.quota_period WHERE OLD.quota_period IS NOT NEW.quota_period) c;
END;
CREATE TRIGGER item_no_delete BEFORE DELETE ON item BEGIN
  SELECT RAISE(ABORT, 'item 不能删除；请用撤销。');
END;
CREATE TRIGGER matter_guard BEFORE INSERT ON matter BEGIN
  SELECT RAISE(ABORT, 'matter 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM matter WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM matter WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的议题已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM matter WHERE meeting_id IS NEW.meeting_id AND text_key IS NEW.text_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER matter_edit BEFORE UPDATE ON matter BEGIN
  SELECT RAISE(ABORT, 'matter 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的议题已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM matter WHERE meeting_id IS NEW.meeting_id AND text_key IS NEW.text_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER matter_history AFTER UPDATE ON matter BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'matter', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'meeting_id', OLD.meeting_id, NEW.meeting_id WHERE OLD.meeting_id IS NOT NEW.meeting_id
    UNION ALL SELECT 'text', OLD.text, NEW.text WHERE OLD.text IS NOT NEW.text
    UNION ALL SELECT 'text_key', OLD.text_key, NEW.text_key WHERE OLD.text_key IS NOT NEW.text_key
    UNION ALL SELECT 'issue_id', OLD.issue_id, NEW.issue_id WHERE OLD.issue_id IS NOT NEW.issue_id) c;
END;
CREATE TRIGGER matter_no_delete BEFORE DELETE ON matter BEGIN
  SELECT RAISE(ABORT, 'matter 不能删除；请用撤销。');
END;
CREATE TRIGGER meeting_guard BEFORE INSERT ON meeting BEGIN
  SELECT RAISE(ABORT, 'meeting 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM meeting WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM meeting WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM meeting WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM meeting WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的会议已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM meeting WHERE community_id IS NEW.community_id AND held_on IS NEW.held_on AND title_key IS NEW.title_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER meeting_edit BEFORE UPDATE ON meeting BEGIN
  SELECT RAISE(ABORT, 'meeting 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'meeting 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的会议已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM meeting WHERE community_id IS NEW.community_id AND held_on IS NEW.held_on AND title_key IS NEW.title_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER meeting_history AFTER UPDATE ON meeting BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'meeting', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'held_on', OLD.held_on, NEW.held_on WHERE OLD.held_on IS NOT NEW.held_on
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER meeting_no_delete BEFORE DELETE ON meeting BEGIN
  SELECT RAISE(ABORT, 'meeting 不能删除；请用撤销。');
END;
CREATE TRIGGER need_guard BEFORE INSERT ON need BEGIN
  SELECT RAISE(ABORT, 'need 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM need WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM need WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM need WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM need WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的需求已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'open' AND EXISTS (SELECT 1 FROM need WHERE community_id IS NEW.community_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'open' AND id <> NEW.id);
END;
CREATE TRIGGER need_edit BEFORE UPDATE ON need BEGIN
  SELECT RAISE(ABORT, 'need 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'need 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的需求已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'open' AND EXISTS (SELECT 1 FROM need WHERE community_id IS NEW.community_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'open' AND id <> NEW.id);
END;
CREATE TRIGGER need_history AFTER UPDATE ON need BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'need', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER need_no_delete BEFORE DELETE ON need BEGIN
  SELECT RAISE(ABORT, 'need 不能删除；请用撤销。');
END;
CREATE TRIGGER note_guard BEFORE INSERT ON note BEGIN
  SELECT RAISE(ABORT, 'note 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM note WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM note WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的备注已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM note WHERE about_voucher_id IS NEW.about_voucher_id AND about_line IS NEW.about_line AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER note_edit BEFORE UPDATE ON note BEGIN
  SELECT RAISE(ABORT, 'note 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的备注已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM note WHERE about_voucher_id IS NEW.about_voucher_id AND about_line IS NEW.about_line AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER note_history AFTER UPDATE ON note BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'note', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'about_voucher_id', OLD.about_voucher_id, NEW.about_voucher_id WHERE OLD.about_voucher_id IS NOT NEW.about_voucher_id
    UNION ALL SELECT 'about_line', OLD.about_line, NEW.about_line WHERE OLD.about_line IS NOT NEW.about_line
    UNION ALL SELECT 'text', OLD.text, NEW.text WHERE OLD.text IS NOT NEW.text) c;
END;
CREATE TRIGGER note_no_delete BEFORE DELETE ON note BEGIN
  SELECT RAISE(ABORT, 'note 不能删除；请用撤销。');
END;
CREATE TRIGGER offer_guard BEFORE INSERT ON offer BEGIN
  SELECT RAISE(ABORT, 'offer 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM offer WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM offer WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM offer WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM offer WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的惠民服务已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'open' AND EXISTS (SELECT 1 FROM offer WHERE community_id IS NEW.community_id AND partner_id IS NEW.partner_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'open' AND id <> NEW.id);
END;
CREATE TRIGGER offer_edit BEFORE UPDATE ON offer BEGIN
  SELECT RAISE(ABORT, 'offer 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'offer 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的惠民服务已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'open' AND EXISTS (SELECT 1 FROM offer WHERE community_id IS NEW.community_id AND partner_id IS NEW.partner_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'open' AND id <> NEW.id);
END;
CREATE TRIGGER offer_history AFTER UPDATE ON offer BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'offer', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'partner_id', OLD.partner_id, NEW.partner_id WHERE OLD.partner_id IS NOT NEW.partner_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'trade', OLD.trade, NEW.trade WHERE OLD.trade IS NOT NEW.trade
    UNION ALL SELECT 'terms', OLD.terms, NEW.terms WHERE OLD.terms IS NOT NEW.terms
    UNION ALL SELECT 'price_before', OLD.price_before, NEW.price_before WHERE OLD.price_before IS NOT NEW.price_before
    UNION ALL SELECT 'price_after', OLD.price_after, NEW.price_after WHERE OLD.price_after IS NOT NEW.price_after
    UNION ALL SELECT 'address', OLD.address, NEW.address WHERE OLD.address IS NOT NEW.address
    UNION ALL SELECT 'opening_hours', OLD.opening_hours, NEW.opening_hours WHERE OLD.opening_hours IS NOT NEW.opening_hours
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER offer_no_delete BEFORE DELETE ON offer BEGIN
  SELECT RAISE(ABORT, 'offer 不能删除；请用撤销。');
END;
CREATE TRIGGER operator_guard BEFORE INSERT ON operator BEGIN
  SELECT RAISE(ABORT, 'operator 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM operator WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM operator WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的操作人已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM operator WHERE name IS NEW.name AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER operator_edit BEFORE UPDATE ON operator BEGIN
  SELECT RAISE(ABORT, 'operator 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的操作人已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM operator WHERE name IS NEW.name AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER operator_history AFTER UPDATE ON operator BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'operator', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name) c;
END;
CREATE TRIGGER operator_no_delete BEFORE DELETE ON operator BEGIN
  SELECT RAISE(ABORT, 'operator 不能删除；请用撤销。');
END;
CREATE TRIGGER pairing_guard BEFORE INSERT ON pairing BEGIN
  SELECT RAISE(ABORT, 'pairing 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM pairing WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM pairing WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的结对已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'active' AND EXISTS (SELECT 1 FROM pairing WHERE community_id IS NEW.community_id AND partner_id IS NEW.partner_id AND withdrawn = 0 AND status = 'active' AND id <> NEW.id);
END;
CREATE TRIGGER pairing_edit BEFORE UPDATE ON pairing BEGIN
  SELECT RAISE(ABORT, 'pairing 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, 'pairing 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的结对已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'active' AND EXISTS (SELECT 1 FROM pairing WHERE community_id IS NEW.community_id AND partner_id IS NEW.partner_id AND withdrawn = 0 AND status = 'active' AND id <> NEW.id);
END;
CREATE TRIGGER pairing_history AFTER UPDATE ON pairing BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'pairing', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'partner_id', OLD.partner_id, NEW.partner_id WHERE OLD.partner_id IS NOT NEW.partner_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'links', OLD.links, NEW.links WHERE OLD.links IS NOT NEW.links
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER pairing_no_delete BEFORE DELETE ON pairing BEGIN
  SELECT RAISE(ABORT, 'pairing 不能删除；请用撤销。');
END;
CREATE TRIGGER partner_guard BEFORE INSERT ON partner BEGIN
  SELECT RAISE(ABORT, 'partner 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM partner WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM partner WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM partner WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM partner WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的合伙人已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status <> 'merged' AND NEW.credit_code <> '' AND EXISTS (SELECT 1 FROM partner WHERE credit_code IS NEW.credit_code AND withdrawn = 0 AND status <> 'merged' AND credit_code <> '' AND id <> NEW.id);
  SELECT RAISE(ABORT, '同样的合伙人已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status <> 'merged' AND NEW.phone <> '' AND EXISTS (SELECT 1 FROM partner WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND phone IS NEW.phone AND withdrawn = 0 AND status <> 'merged' AND phone <> '' AND id <> NEW.id);
END;
CREATE TRIGGER partner_edit BEFORE UPDATE ON partner BEGIN
  SELECT RAISE(ABORT, 'partner 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的合伙人已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status <> 'merged' AND NEW.credit_code <> '' AND EXISTS (SELECT 1 FROM partner WHERE credit_code IS NEW.credit_code AND withdrawn = 0 AND status <> 'merged' AND credit_code <> '' AND id <> NEW.id);
  SELECT RAISE(ABORT, '同样的合伙人已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status <> 'merged' AND NEW.phone <> '' AND EXISTS (SELECT 1 FROM partner WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND phone IS NEW.phone AND withdrawn = 0 AND status <> 'merged' AND phone <> '' AND id <> NEW.id);
END;
CREATE TRIGGER partner_history AFTER UPDATE ON partner BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'partner', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'grid_id', OLD.grid_id, NEW.grid_id WHERE OLD.grid_id IS NOT NEW.grid_id
    UNION ALL SELECT 'kind', OLD.kind, NEW.kind WHERE OLD.kind IS NOT NEW.kind
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'short_key', OLD.short_key, NEW.short_key WHERE OLD.short_key IS NOT NEW.short_key
    UNION ALL SELECT 'pinyin', OLD.pinyin, NEW.pinyin WHERE OLD.pinyin IS NOT NEW.pinyin
    UNION ALL SELECT 'initials', OLD.initials, NEW.initials WHERE OLD.initials IS NOT NEW.initials
    UNION ALL SELECT 'short_pinyin', OLD.short_pinyin, NEW.short_pinyin WHERE OLD.short_pinyin IS NOT NEW.short_pinyin
    UNION ALL SELECT 'short_initials', OLD.short_initials, NEW.short_initials WHERE OLD.short_initials IS NOT NEW.short_initials
    UNION ALL SELECT 'phone', OLD.phone, NEW.phone WHERE OLD.phone IS NOT NEW.phone
    UNION ALL SELECT 'phone_tail', OLD.phone_tail, NEW.phone_tail WHERE OLD.phone_tail IS NOT NEW.phone_tail
    UNION ALL SELECT 'category', OLD.category, NEW.category WHERE OLD.category IS NOT NEW.category
    UNION ALL SELECT 'skills', OLD.skills, NEW.skills WHERE OLD.skills IS NOT NEW.skills
    UNION ALL SELECT 'contact', OLD.contact, NEW.contact WHERE OLD.contact IS NOT NEW.contact
    UNION ALL SELECT 'address', OLD.address, NEW.address WHERE OLD.address IS NOT NEW.address
    UNION ALL SELECT 'credit_code', OLD.credit_code, NEW.credit_code WHERE OLD.credit_code IS NOT NEW.credit_code
    UNION ALL SELECT 'members', OLD.members, NEW.members WHERE OLD.members IS NOT NEW.members
    UNION ALL SELECT 'joined_on', OLD.joined_on, NEW.joined_on WHERE OLD.joined_on IS NOT NEW.joined_on
    UNION ALL SELECT 'merged_into_id', OLD.merged_into_id, NEW.merged_into_id WHERE OLD.merged_into_id IS NOT NEW.merged_into_id
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER partner_no_delete BEFORE DELETE ON partner BEGIN
  SELECT RAISE(ABORT, 'partner 不能删除；请用撤销。');
END;
CREATE TRIGGER project_guard BEFORE INSERT ON project BEGIN
  SELECT RAISE(ABORT, 'project 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM project WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM project WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM project WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM project WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的项目已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'active' AND EXISTS (SELECT 1 FROM project WHERE community_id IS NEW.community_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'active' AND id <> NEW.id);
END;
CREATE TRIGGER project_edit BEFORE UPDATE ON project BEGIN
  SELECT RAISE(ABORT, 'project 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'project 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的项目已另有一份。') WHERE NEW.withdrawn = 0 AND NEW.status = 'active' AND EXISTS (SELECT 1 FROM project WHERE community_id IS NEW.community_id AND title_key IS NEW.title_key AND withdrawn = 0 AND status = 'active' AND id <> NEW.id);
END;
CREATE TRIGGER project_history AFTER UPDATE ON project BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'project', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'need_id', OLD.need_id, NEW.need_id WHERE OLD.need_id IS NOT NEW.need_id
    UNION ALL SELECT 'meeting_id', OLD.meeting_id, NEW.meeting_id WHERE OLD.meeting_id IS NOT NEW.meeting_id
    UNION ALL SELECT 'evaluation_id', OLD.evaluation_id, NEW.evaluation_id WHERE OLD.evaluation_id IS NOT NEW.evaluation_id
    UNION ALL SELECT 'evaluate_every', OLD.evaluate_every, NEW.evaluate_every WHERE OLD.evaluate_every IS NOT NEW.evaluate_every
    UNION ALL SELECT 'next_evaluation_on', OLD.next_evaluation_on, NEW.next_evaluation_on WHERE OLD.next_evaluation_on IS NOT NEW.next_evaluation_on
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER project_no_delete BEFORE DELETE ON project BEGIN
  SELECT RAISE(ABORT, 'project 不能删除；请用撤销。');
END;
CREATE TRIGGER resolution_guard BEFORE INSERT ON resolution BEGIN
  SELECT RAISE(ABORT, 'resolution 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM resolution WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM resolution WHERE uid = NEW.uid) OR EXISTS (SELECT 1 FROM resolution WHERE code = NEW.code) OR EXISTS (SELECT 1 FROM resolution WHERE issuer_id = NEW.issuer_id AND number = NEW.number);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER resolution_edit BEFORE UPDATE ON resolution BEGIN
  SELECT RAISE(ABORT, 'resolution 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in OR OLD.issuer_id IS NOT NEW.issuer_id OR OLD.number IS NOT NEW.number OR OLD.code IS NOT NEW.code;
  SELECT RAISE(ABORT, 'resolution 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER resolution_history AFTER UPDATE ON resolution BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'resolution', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'meeting_id', OLD.meeting_id, NEW.meeting_id WHERE OLD.meeting_id IS NOT NEW.meeting_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'title', OLD.title, NEW.title WHERE OLD.title IS NOT NEW.title
    UNION ALL SELECT 'title_key', OLD.title_key, NEW.title_key WHERE OLD.title_key IS NOT NEW.title_key
    UNION ALL SELECT 'owner', OLD.owner, NEW.owner WHERE OLD.owner IS NOT NEW.owner
    UNION ALL SELECT 'partner_id', OLD.partner_id, NEW.partner_id WHERE OLD.partner_id IS NOT NEW.partner_id
    UNION ALL SELECT 'due_on', OLD.due_on, NEW.due_on WHERE OLD.due_on IS NOT NEW.due_on) c;
END;
CREATE TRIGGER resolution_no_delete BEFORE DELETE ON resolution BEGIN
  SELECT RAISE(ABORT, 'resolution 不能删除；请用撤销。');
END;
CREATE TRIGGER response_guard BEFORE INSERT ON response BEGIN
  SELECT RAISE(ABORT, 'response 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM response WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM response WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的应答已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM response WHERE dispatch_id IS NEW.dispatch_id AND partner_id IS NEW.partner_id AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER response_edit BEFORE UPDATE ON response BEGIN
  SELECT RAISE(ABORT, 'response 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, 'response 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的应答已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM response WHERE dispatch_id IS NEW.dispatch_id AND partner_id IS NEW.partner_id AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER response_history AFTER UPDATE ON response BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'response', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'dispatch_id', OLD.dispatch_id, NEW.dispatch_id WHERE OLD.dispatch_id IS NOT NEW.dispatch_id
    UNION ALL SELECT 'partner_id', OLD.partner_id, NEW.partner_id WHERE OLD.partner_id IS NOT NEW.partner_id
    UNION ALL SELECT 'status', OLD.status, NEW.status WHERE OLD.status IS NOT NEW.status
    UNION ALL SELECT 'instead_of_id', OLD.instead_of_id, NEW.instead_of_id WHERE OLD.instead_of_id IS NOT NEW.instead_of_id) c;
END;
CREATE TRIGGER response_no_delete BEFORE DELETE ON response BEGIN
  SELECT RAISE(ABORT, 'response 不能删除；请用撤销。');
END;
CREATE TRIGGER rule_guard BEFORE INSERT ON rule BEGIN
  SELECT RAISE(ABORT, 'rule 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM rule WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM rule WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的规则已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM rule WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER rule_edit BEFORE UPDATE ON rule BEGIN
  SELECT RAISE(ABORT, 'rule 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的规则已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM rule WHERE code IS NEW.code AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER rule_history AFTER UPDATE ON rule BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'rule', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'code', OLD.code, NEW.code WHERE OLD.code IS NOT NEW.code
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'pinyin', OLD.pinyin, NEW.pinyin WHERE OLD.pinyin IS NOT NEW.pinyin
    UNION ALL SELECT 'initials', OLD.initials, NEW.initials WHERE OLD.initials IS NOT NEW.initials) c;
END;
CREATE TRIGGER rule_no_delete BEFORE DELETE ON rule BEGIN
  SELECT RAISE(ABORT, 'rule 不能删除；请用撤销。');
END;
CREATE TRIGGER setting_guard BEFORE INSERT ON setting BEGIN
  SELECT RAISE(ABORT, 'setting 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM setting WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM setting WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的设置已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM setting WHERE name IS NEW.name AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER setting_edit BEFORE UPDATE ON setting BEGIN
  SELECT RAISE(ABORT, 'setting 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的设置已另有一份。') WHERE 1 AND EXISTS (SELECT 1 FROM setting WHERE name IS NEW.name AND 1 AND id <> NEW.id);
END;
CREATE TRIGGER setting_history AFTER UPDATE ON setting BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'setting', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'value', OLD.value, NEW.value WHERE OLD.value IS NOT NEW.value) c;
END;
CREATE TRIGGER setting_no_delete BEFORE DELETE ON setting BEGIN
  SELECT RAISE(ABORT, 'setting 不能删除；请用撤销。');
END;
CREATE TRIGGER venue_guard BEFORE INSERT ON venue BEGIN
  SELECT RAISE(ABORT, 'venue 的编号已被占用。') WHERE EXISTS (SELECT 1 FROM venue WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM venue WHERE uid = NEW.uid);
  SELECT RAISE(ABORT, '卡片须由未封存的凭证建立。') WHERE NEW.created_in <> NEW.voucher_id OR EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的场地已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM venue WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER venue_edit BEFORE UPDATE ON venue BEGIN
  SELECT RAISE(ABORT, 'venue 的编号一经给出不能更改。') WHERE OLD.id IS NOT NEW.id OR OLD.uid IS NOT NEW.uid OR OLD.created_in IS NOT NEW.created_in;
  SELECT RAISE(ABORT, 'venue 不能换社区。') WHERE OLD.community_id IS NOT NEW.community_id;
  SELECT RAISE(ABORT, '卡片须由未封存的凭证修改。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
  SELECT RAISE(ABORT, '同样的场地已另有一份。') WHERE NEW.withdrawn = 0 AND EXISTS (SELECT 1 FROM venue WHERE community_id IS NEW.community_id AND name_key IS NEW.name_key AND withdrawn = 0 AND id <> NEW.id);
END;
CREATE TRIGGER venue_history AFTER UPDATE ON venue BEGIN
  INSERT INTO change (voucher_id, card, card_id, field, before, after)
    SELECT NEW.voucher_id, 'venue', NEW.id, c.* FROM (
    SELECT 'withdrawn', OLD.withdrawn, NEW.withdrawn WHERE OLD.withdrawn IS NOT NEW.withdrawn
    UNION ALL SELECT 'community_id', OLD.community_id, NEW.community_id WHERE OLD.community_id IS NOT NEW.community_id
    UNION ALL SELECT 'name', OLD.name, NEW.name WHERE OLD.name IS NOT NEW.name
    UNION ALL SELECT 'name_key', OLD.name_key, NEW.name_key WHERE OLD.name_key IS NOT NEW.name_key
    UNION ALL SELECT 'place', OLD.place, NEW.place WHERE OLD.place IS NOT NEW.place
    UNION ALL SELECT 'remark', OLD.remark, NEW.remark WHERE OLD.remark IS NOT NEW.remark) c;
END;
CREATE TRIGGER venue_no_delete BEFORE DELETE ON venue BEGIN
  SELECT RAISE(ABORT, 'venue 不能删除；请用撤销。');
END;
CREATE TRIGGER voucher_guard BEFORE INSERT ON voucher BEGIN
  SELECT RAISE(ABORT, '凭证号已被占用。') WHERE EXISTS (SELECT 1 FROM voucher WHERE id = NEW.id OR uid = NEW.uid);
  SELECT RAISE(ABORT, '这个键已经用过。') WHERE EXISTS (SELECT 1 FROM voucher WHERE key = NEW.key);
  SELECT RAISE(ABORT, '上一张凭证还没有封存。') WHERE EXISTS (SELECT 1 FROM voucher v WHERE v.id = (SELECT max(id) FROM voucher)
                  AND NOT EXISTS (SELECT 1 FROM seal WHERE voucher_id = v.id));
END;
CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher BEGIN
  SELECT RAISE(ABORT, 'voucher 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher BEGIN
  SELECT RAISE(ABORT, 'voucher 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER seal_guard BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '凭证已经封存。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id);
  SELECT RAISE(ABORT, '只能封存最后一张凭证。') WHERE NEW.voucher_id <> (SELECT max(id) FROM voucher);
  SELECT RAISE(ABORT, '封条序号不连续。') WHERE NEW.seq <> 1 + ifnull((SELECT max(seq) FROM seal), 0);
  SELECT RAISE(ABORT, '封条上的事实数与凭证不符。') WHERE NOT (SELECT count(*) = NEW.facts AND count(DISTINCT line) = NEW.facts
                  AND ifnull(max(line), 0) = NEW.facts FROM (SELECT line FROM activity_held WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM area_founding WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM arrival WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM arrival_reward WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM attending WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM confirmation WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM cooperation WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM dispatch_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM entry WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM evaluation WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM honour_given WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM issue_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM issue_help WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM item_price WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM meeting_held WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM need_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM offer_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM offer_use WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM organising WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM pairing_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM participation WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM period_closing WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM project_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM project_partner WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM project_presence WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM project_session WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM redemption WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM resolution_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM response_event WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM rule_version WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM standing WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM star_level WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM star_rule WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM stock_move WHERE voucher_id = NEW.voucher_id UNION ALL SELECT line FROM support_given WHERE voucher_id = NEW.voucher_id));
  SELECT RAISE(ABORT, '封条上的变更记录数与凭证不符。') WHERE NEW.changes <> (SELECT count(*) FROM change WHERE voucher_id = NEW.voucher_id);
  SELECT RAISE(ABORT, '封条上的积分合计与凭证不符。') WHERE NEW.points <> ifnull((SELECT points FROM seal WHERE seq = NEW.seq - 1), 0)
                  + ifnull((SELECT sum(points) FROM entry WHERE voucher_id = NEW.voucher_id), 0);
  SELECT RAISE(ABORT, '转移的积分转出与转入不相等。') WHERE (SELECT sum(points) FROM entry WHERE voucher_id = NEW.voucher_id AND kind = 'transfer') <> 0;
  SELECT RAISE(ABORT, '兑换单的积分、流水和商品不相符。') WHERE EXISTS (SELECT 1 FROM redemption r WHERE r.id IN (
                    SELECT ifnull(reverses_id, id) FROM redemption WHERE voucher_id = NEW.voucher_id
                    UNION SELECT redemption_id FROM entry WHERE voucher_id = NEW.voucher_id AND kind = 'redeem'
                    UNION SELECT redemption_id FROM stock_move WHERE voucher_id = NEW.voucher_id AND kind = 'redeem')
                  AND (ifnull((SELECT sum(points) FROM entry WHERE redemption_id = r.id), 0) <> (
                      SELECT iif(count(*), 0, -r.points) FROM redemption c WHERE c.reverses_id = r.id)
                    OR ifnull((SELECT sum(quantity * price) FROM stock_move WHERE redemption_id = r.id), 0) <> (
                      SELECT iif(count(*), 0, -r.points) FROM redemption c WHERE c.reverses_id = r.id)));
  SELECT RAISE(ABORT, '已并入的合伙人名下不能留有积分。') WHERE EXISTS (SELECT 1 FROM partner p JOIN balance b ON b.partner_id = p.id
                  WHERE p.merged_into_id IS NOT NULL AND b.points > 0);
END;
CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal BEGIN
  SELECT RAISE(ABORT, 'seal 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal BEGIN
  SELECT RAISE(ABORT, 'seal 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER change_guard BEFORE INSERT ON change BEGIN
  SELECT RAISE(ABORT, '变更记录的编号已被占用。') WHERE EXISTS (SELECT 1 FROM change WHERE id = NEW.id);
  SELECT RAISE(ABORT, '凭证已封存或不存在，不能再加变更记录。') WHERE EXISTS (SELECT 1 FROM seal WHERE voucher_id = NEW.voucher_id)
                  OR NOT EXISTS (SELECT 1 FROM voucher WHERE id = NEW.voucher_id);
END;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN
  SELECT RAISE(ABORT, 'change 只能追加，不能修改；更正请用冲正或撤销。');
END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN
  SELECT RAISE(ABORT, 'change 只能追加，不能删除；更正请用冲正或撤销。');
END;
CREATE TRIGGER organising_present BEFORE INSERT ON organising WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER participation_present BEFORE INSERT ON participation WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER activity_held_once BEFORE INSERT ON activity_held BEGIN
  SELECT RAISE(ABORT, '一场活动只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM activity_held WHERE activity_id = NEW.activity_id);
END;
CREATE TRIGGER organising_once BEFORE INSERT ON organising BEGIN
  SELECT RAISE(ABORT, '一个主办方在一场活动里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM organising
    WHERE activity_id = NEW.activity_id AND partner_id = NEW.partner_id);
END;
CREATE TRIGGER activity_day_fixed BEFORE UPDATE OF held_on ON activity WHEN OLD.held_on IS NOT NEW.held_on BEGIN
  SELECT RAISE(ABORT, '活动已有签到，日期不能再改。') WHERE (
    SELECT sum(sign) FROM participation WHERE activity_id = NEW.id) > 0;
END;
CREATE TRIGGER participation_fits BEFORE INSERT ON participation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '签到的日期或社区与活动不符。') WHERE NOT EXISTS (
    SELECT 1 FROM activity WHERE id = NEW.activity_id AND withdrawn = 0
      AND held_on = NEW.happened_on AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '这位合伙人的登记已撤销，不能签到。') WHERE EXISTS (
    SELECT 1 FROM partner WHERE id = NEW.partner_id AND withdrawn = 1);
  SELECT RAISE(ABORT, '规则在活动这一天没有生效，或要不要确认与规则不符。')
    WHERE NEW.rule_version_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM rule_version v WHERE v.id = NEW.rule_version_id AND v.sign = 1
        AND v.needs_confirmer = NEW.needs_confirmer AND v.valid_from <= NEW.happened_on
        AND ifnull(v.valid_to, NEW.happened_on) >= NEW.happened_on);
END;
CREATE TRIGGER activity_held_fits BEFORE INSERT ON activity_held WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '日期或社区与活动不符。') WHERE NOT EXISTS (
    SELECT 1 FROM activity WHERE id = NEW.activity_id AND withdrawn = 0
      AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END;
CREATE TRIGGER organising_fits BEFORE INSERT ON organising WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '日期或社区与活动不符。') WHERE NOT EXISTS (
    SELECT 1 FROM activity WHERE id = NEW.activity_id AND withdrawn = 0
      AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END;
CREATE TRIGGER confirmation_waited BEFORE INSERT ON confirmation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这一行签到不在等确认。') WHERE NOT EXISTS (
    SELECT 1 FROM participation t WHERE t.id = NEW.participation_id AND t.sign = 1 AND t.needs_confirmer = 1
      AND t.community_id = NEW.community_id AND NOT EXISTS (SELECT 1 FROM participation r WHERE r.reverses_id = t.id) AND NOT EXISTS (SELECT 1 FROM confirmation c WHERE c.participation_id = t.id AND c.sign = 1 AND NOT EXISTS (SELECT 1 FROM confirmation r WHERE r.reverses_id = c.id)));
END;
CREATE TRIGGER entry_after_confirming BEFORE INSERT ON entry
  WHEN NEW.participation_id IS NOT NULL AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这一行签到已撤回、还在等确认、日期不符或不是这位合伙人的，不能记积分。') WHERE NOT EXISTS (
    SELECT 1 FROM participation t WHERE t.id = NEW.participation_id AND t.sign = 1 AND t.partner_id = NEW.partner_id
      AND t.happened_on = NEW.happened_on AND NOT EXISTS (SELECT 1 FROM participation r WHERE r.reverses_id = t.id) AND (t.needs_confirmer = 0 OR EXISTS (SELECT 1 FROM confirmation c WHERE c.participation_id = t.id AND c.sign = 1 AND NOT EXISTS (SELECT 1 FROM confirmation r WHERE r.reverses_id = c.id))));
  SELECT RAISE(ABORT, '这一行签到已经记过积分。') WHERE EXISTS (
    SELECT 1 FROM entry e WHERE e.participation_id = NEW.participation_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER area_place BEFORE INSERT ON area BEGIN
  SELECT RAISE(ABORT, '台账只有一个最上级区域。') WHERE NEW.parent_id IS NULL AND EXISTS (
    SELECT 1 FROM area WHERE parent_id IS NULL AND withdrawn = 0);
  SELECT RAISE(ABORT, '上级区域的级别不对：城区、街道、社区、网格逐级相属。') WHERE NEW.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.parent_id AND kind = CASE NEW.kind
      WHEN 'subdistrict' THEN 'district' WHEN 'community' THEN 'subdistrict' WHEN 'grid' THEN 'community' END);
END;
CREATE TRIGGER area_parent BEFORE UPDATE OF parent_id, kind ON area
  WHEN OLD.parent_id IS NOT NEW.parent_id OR OLD.kind IS NOT NEW.kind BEGIN
  SELECT RAISE(ABORT, '区域已有记录，上级和级别不能再改。') WHERE OLD.kind IS NOT NEW.kind OR EXISTS (
    WITH RECURSIVE below(id) AS (
        SELECT OLD.id UNION ALL SELECT a.id FROM area a JOIN below b ON a.parent_id = b.id
    )
    SELECT 1 FROM below JOIN area_founding f ON f.community_id = below.id
  );
  SELECT RAISE(ABORT, '上级区域的级别不对：城区、街道、社区、网格逐级相属。') WHERE NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.parent_id AND kind = CASE NEW.kind
      WHEN 'subdistrict' THEN 'district' WHEN 'community' THEN 'subdistrict' WHEN 'grid' THEN 'community' END);
END;
CREATE TRIGGER area_months AFTER INSERT ON area WHEN NEW.kind = 'community' BEGIN
  INSERT INTO closed_month (community_id, month) VALUES (NEW.id, '');
END;
CREATE TRIGGER area_founding_months BEFORE INSERT ON area_founding WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '同一街道的社区都已结账的月份，新社区也须先结账。') WHERE (
    SELECT month FROM closed_month WHERE community_id = NEW.community_id) < (
    SELECT min(c.month) FROM area n
    JOIN area a ON a.parent_id = n.parent_id AND a.id <> n.id AND a.kind = 'community' AND a.withdrawn = 0
    JOIN closed_month c ON c.community_id = a.id WHERE n.id = NEW.community_id);
END;
CREATE TRIGGER period_closing_order BEFORE INSERT ON period_closing BEGIN
  SELECT RAISE(ABORT, '账期须按月依次结账。') WHERE NEW.sign = 1 AND NEW.month <> (
    SELECT CASE month WHEN '' THEN NEW.month ELSE strftime('%Y-%m', month || '-01', '+1 month') END
    FROM closed_month WHERE community_id = NEW.community_id);
  SELECT RAISE(ABORT, '只有最近结账的月份可以重新打开。') WHERE NEW.sign = -1 AND NEW.month <> (
    SELECT month FROM closed_month WHERE community_id = NEW.community_id);
END;
CREATE TRIGGER period_closing_moves AFTER INSERT ON period_closing BEGIN
  UPDATE closed_month SET month = ifnull((SELECT max(c.month) FROM period_closing c WHERE c.community_id = NEW.community_id AND c.sign = 1
    AND NOT EXISTS (SELECT 1 FROM period_closing r WHERE r.reverses_id = c.id)), ''), closing_id = NEW.id WHERE community_id = NEW.community_id;
END;
CREATE TRIGGER closed_month_guard BEFORE UPDATE ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份只由结账和重新打开改变。') WHERE NEW.community_id <> OLD.community_id
    OR NEW.closing_id IS NULL OR NEW.month <> ifnull((SELECT max(c.month) FROM period_closing c WHERE c.community_id = NEW.community_id AND c.sign = 1
    AND NOT EXISTS (SELECT 1 FROM period_closing r WHERE r.reverses_id = c.id)), '');
END;
CREATE TRIGGER closed_month_new BEFORE INSERT ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份随社区建立。') WHERE NEW.month <> '' OR NEW.closing_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM closed_month WHERE community_id = NEW.community_id);
END;
CREATE TRIGGER closed_month_no_delete BEFORE DELETE ON closed_month BEGIN
  SELECT RAISE(ABORT, '已结账月份不能删除。');
END;
CREATE TRIGGER dispatch_twice BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '同一分钟为同一件事叫同样单位的吹哨已经记过。') WHERE EXISTS (
    SELECT 1 FROM dispatch_event w JOIN dispatch n ON n.id = w.dispatch_id CROSS JOIN dispatch o WHERE o.community_id = n.community_id
      AND o.whistled_on = n.whistled_on AND o.whistled_at = n.whistled_at AND o.title_key = n.title_key
      AND o.id <> n.id AND o.withdrawn = 0
      AND NOT EXISTS (SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = n.id AND e.event = 'called'
      AND e.happened_on = n.whistled_on AND e.minute = n.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) EXCEPT SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = o.id AND e.event = 'called'
      AND e.happened_on = o.whistled_on AND e.minute = o.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id)) AND NOT EXISTS (SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = o.id AND e.event = 'called'
      AND e.happened_on = o.whistled_on AND e.minute = o.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) EXCEPT SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = n.id AND e.event = 'called'
      AND e.happened_on = n.whistled_on AND e.minute = n.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id))
      AND w.voucher_id = NEW.voucher_id AND w.event = 'whistled' AND w.sign = 1 AND NOT EXISTS (
        SELECT 1 FROM dispatch_event e WHERE e.dispatch_id = w.dispatch_id AND e.event = 'whistled' AND e.id < w.id));
END;
CREATE TRIGGER dispatch_titled BEFORE UPDATE OF title_key ON dispatch
  WHEN NEW.withdrawn = 0 AND NEW.title_key <> OLD.title_key BEGIN
  SELECT RAISE(ABORT, '同一分钟为同一件事叫同样单位的吹哨已经记过。') WHERE EXISTS (SELECT 1 FROM  dispatch o WHERE o.community_id = NEW.community_id
      AND o.whistled_on = NEW.whistled_on AND o.whistled_at = NEW.whistled_at AND o.title_key = NEW.title_key
      AND o.id <> NEW.id AND o.withdrawn = 0
      AND NOT EXISTS (SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = NEW.id AND e.event = 'called'
      AND e.happened_on = NEW.whistled_on AND e.minute = NEW.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) EXCEPT SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = o.id AND e.event = 'called'
      AND e.happened_on = o.whistled_on AND e.minute = o.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id)) AND NOT EXISTS (SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = o.id AND e.event = 'called'
      AND e.happened_on = o.whistled_on AND e.minute = o.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) EXCEPT SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = e.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) FROM response_event e WHERE e.dispatch_id = NEW.id AND e.event = 'called'
      AND e.happened_on = NEW.whistled_on AND e.minute = NEW.whistled_at AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id)));
END;
CREATE TRIGGER dispatch_event_order BEFORE INSERT ON dispatch_event BEGIN
  SELECT RAISE(ABORT, '吹哨的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id);
END;
CREATE TRIGGER dispatch_event_begun BEFORE INSERT ON dispatch_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '吹哨的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'whistled') = EXISTS (
    SELECT 1 FROM dispatch_event e WHERE e.dispatch_id = NEW.dispatch_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM dispatch_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER dispatch_event_of BEFORE INSERT ON dispatch_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '吹哨的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM dispatch c WHERE c.id = NEW.dispatch_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER dispatch_event_same BEFORE INSERT ON dispatch_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '吹哨的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM dispatch_event e WHERE e.dispatch_id = NEW.dispatch_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM dispatch_event r WHERE r.reverses_id = e.id) AND (e.kind) IS NOT (NEW.kind));
END;
CREATE TRIGGER dispatch_event_time BEFORE INSERT ON dispatch_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '吹哨的时间还没有到。') WHERE NEW.happened_on = substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 1, 10)
    AND NEW.minute > 60 * substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 12, 2) + substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 15, 2);
  SELECT RAISE(ABORT, '从吹哨到结束的分钟数不符。') WHERE NEW.event = 'finished' AND NOT EXISTS (
    SELECT 1 FROM dispatch_event w WHERE w.dispatch_id = NEW.dispatch_id AND w.event = 'whistled'
    AND w.sign = 1 AND NOT EXISTS (SELECT 1 FROM dispatch_event r WHERE r.reverses_id = w.id) AND NEW.minutes = CAST(julianday(NEW.happened_on) - julianday(w.happened_on) AS INTEGER) * 1440 + NEW.minute - w.minute);
  SELECT RAISE(ABORT, '结束的时间早于最后一次呼叫、应答或报到。') WHERE NEW.event = 'finished' AND EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.dispatch_id = NEW.dispatch_id AND e.event <> 'left'
      AND CAST(julianday(NEW.happened_on) - julianday(e.happened_on) AS INTEGER) * 1440 + NEW.minute - e.minute < 0);
END;
CREATE TRIGGER response_event_days BEFORE INSERT ON response_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '应答的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM response_event e WHERE e.response_id = NEW.response_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER response_event_order BEFORE INSERT ON response_event BEGIN
  SELECT RAISE(ABORT, '应答的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM response_event WHERE response_id = NEW.response_id);
END;
CREATE TRIGGER response_event_present BEFORE INSERT ON response_event WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL AND NEW.event = 'called' BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER response_place BEFORE INSERT ON response BEGIN
  SELECT RAISE(ABORT, '应答与所答的吹哨不在同一社区。') WHERE NOT EXISTS (
    SELECT 1 FROM dispatch WHERE id = NEW.dispatch_id AND community_id = NEW.community_id);
END;
CREATE TRIGGER response_event_fits BEFORE INSERT ON response_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '应答的时间还没有到。') WHERE NEW.happened_on = substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 1, 10)
    AND NEW.minute > 60 * substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 12, 2) + substr((SELECT recorded_at FROM voucher WHERE id = NEW.voucher_id), 15, 2);
  SELECT RAISE(ABORT, '应答与所答的吹哨、社区或合伙人不符。') WHERE NOT EXISTS (
    SELECT 1 FROM response s WHERE s.id = NEW.response_id AND s.withdrawn = 0 AND s.dispatch_id = NEW.dispatch_id
      AND s.partner_id = NEW.partner_id AND s.community_id = NEW.community_id);
  SELECT RAISE(ABORT, '吹哨还没有开始，或已经结束。') WHERE NEW.event <> 'left' AND NOT EXISTS (
    SELECT 1 FROM dispatch_event w WHERE w.dispatch_id = NEW.dispatch_id AND w.event = 'whistled'
    AND w.sign = 1 AND NOT EXISTS (SELECT 1 FROM dispatch_event r WHERE r.reverses_id = w.id) AND CAST(julianday(NEW.happened_on) - julianday(w.happened_on) AS INTEGER) * 1440 + NEW.minute - w.minute >= 0
      AND (NEW.restores_id IS NOT NULL  -- it came before the end, which may stand since
        OR (SELECT sum(sign * delta) FROM dispatch_event WHERE dispatch_id = NEW.dispatch_id) = 1));
  SELECT RAISE(ABORT, '从呼叫到这一步的分钟数不符。') WHERE NEW.event <> 'called' AND NOT EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'called'
      AND NEW.minutes = CAST(julianday(NEW.happened_on) - julianday(e.happened_on) AS INTEGER) * 1440 + NEW.minute - e.minute);
  SELECT RAISE(ABORT, '应答的时间早于上一步。') WHERE EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.response_id = NEW.response_id AND e.happened_on = NEW.happened_on AND e.minute > NEW.minute);
  SELECT RAISE(ABORT, '应答的步骤前后不符。') WHERE NEW.event <> 'called' AND (NEW.event = 'left') <> EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'arrived');
  SELECT RAISE(ABORT, '应答过的不能再记应答或未应答。') WHERE NEW.event IN ('answered', 'silent') AND EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.response_id = NEW.response_id AND e.round = NEW.round AND e.event = 'answered');
END;
CREATE TRIGGER arrival_fits BEFORE INSERT ON arrival WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '人数与报到的一步不符。') WHERE NOT EXISTS (
    SELECT 1 FROM response_event e WHERE e.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = e.id) AND e.id = NEW.response_event_id AND e.event = 'arrived' AND e.dispatch_id = NEW.dispatch_id
      AND e.partner_id = NEW.partner_id AND e.community_id = NEW.community_id AND e.happened_on = NEW.happened_on);
  SELECT RAISE(ABORT, '一次报到的人数只记一次。') WHERE EXISTS (
    SELECT 1 FROM arrival a WHERE a.response_event_id = NEW.response_event_id AND a.sign = 1 AND NOT EXISTS (SELECT 1 FROM arrival r WHERE r.reverses_id = a.id));
END;
CREATE TRIGGER arrival_reward_fits BEFORE INSERT ON arrival_reward WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '报到积分与报到或积分流水不符。') WHERE NOT EXISTS (
    SELECT 1 FROM arrival a, entry e WHERE a.response_event_id = NEW.response_event_id AND a.sign = 1 AND NOT EXISTS (SELECT 1 FROM arrival r WHERE r.reverses_id = a.id)
      AND e.id = NEW.entry_id AND e.kind = 'award' AND e.happened_on = NEW.happened_on);
  SELECT RAISE(ABORT, '一次报到只给一次积分。') WHERE EXISTS (
    SELECT 1 FROM arrival_reward a WHERE a.response_event_id = NEW.response_event_id
      AND a.sign = 1 AND NOT EXISTS (SELECT 1 FROM arrival_reward r WHERE r.reverses_id = a.id));
END;
CREATE TRIGGER honour_given_of BEFORE INSERT ON honour_given WHEN NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '这位合伙人到这一天为止没有在这个社区待过。') WHERE NOT EXISTS (
    SELECT 1 FROM standing s WHERE s.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND s.community_id = NEW.community_id
      AND s.delta = 1 AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
      AND (s.happened_on <= NEW.happened_on OR s.event = 'joined'));  -- of a day before, a card merged into it was here
END;
CREATE TRIGGER honour_given_present BEFORE INSERT ON honour_given WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER honour_given_repeated BEFORE INSERT ON honour_given WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一天已经得过这项荣誉。') WHERE EXISTS (
    SELECT 1 FROM honour n JOIN honour h ON h.name_key = n.name_key AND h.level = n.level
      JOIN honour_given s ON s.honour_id = h.id AND s.happened_on = NEW.happened_on
    WHERE n.id = NEW.honour_id AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM honour_given r WHERE r.reverses_id = s.id)
      AND s.partner_id IN (SELECT NEW.partner_id WHERE NEW.restores_id IS NOT NULL  -- two cards may have had it
        UNION ALL SELECT id FROM (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) WHERE NEW.restores_id IS NULL));
END;
CREATE TRIGGER star_level_repeated BEFORE INSERT ON star_level WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一年的星级已经定档。') WHERE EXISTS (
    SELECT 1 FROM star_level s WHERE s.partner_id = NEW.partner_id AND s.year = NEW.year
      AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM star_level r WHERE r.reverses_id = s.id));
END;
CREATE TRIGGER star_level_reached BEFORE INSERT ON star_level WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '星级与年份或星级条件不符。') WHERE NEW.happened_on <> NEW.year || '-12-31' OR NEW.star_rule_id IS NOT (
    SELECT s.id FROM star_rule s WHERE s.id IN (SELECT max(s.id) FROM star_rule s WHERE s.valid_from <= NEW.happened_on AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM star_rule r WHERE r.reverses_id = s.id)
      GROUP BY s.level)
      AND s.minutes <= NEW.minutes AND s.points <= NEW.points AND s.years <= NEW.years ORDER BY s.level DESC LIMIT 1)
    OR NEW.star_rule_id IS NOT NULL AND NEW.level <> (SELECT level FROM star_rule WHERE id = NEW.star_rule_id);
END;
CREATE TRIGGER star_rule_rises AFTER INSERT ON star_rule BEGIN
  SELECT RAISE(ABORT, '高一级的星级条件不能比低一级的容易。') WHERE EXISTS (
    SELECT 1 FROM star_rule d JOIN star_rule low ON low.id IN (SELECT max(s.id) FROM star_rule s WHERE s.valid_from <= d.valid_from AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM star_rule r WHERE r.reverses_id = s.id)
      GROUP BY s.level)
      JOIN star_rule high ON high.id IN (SELECT max(s.id) FROM star_rule s WHERE s.valid_from <= d.valid_from AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM star_rule r WHERE r.reverses_id = s.id)
      GROUP BY s.level) AND high.level > low.level
    WHERE high.minutes < low.minutes OR high.points < low.points OR high.years < low.years);
END;
CREATE TRIGGER issue_event_of BEFORE INSERT ON issue_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '问题的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM issue c WHERE c.id = NEW.issue_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER issue_event_same BEFORE INSERT ON issue_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '问题的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM issue_event e WHERE e.issue_id = NEW.issue_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM issue_event r WHERE r.reverses_id = e.id) AND (e.category) IS NOT (NEW.category));
END;
CREATE TRIGGER issue_help_present BEFORE INSERT ON issue_help WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER issue_help_of BEFORE INSERT ON issue_help WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '问题的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM issue c WHERE c.id = NEW.issue_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER issue_help_early BEFORE INSERT ON issue_help WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '协助的日期早于问题上报的日期。') WHERE EXISTS (
    SELECT 1 FROM issue WHERE id = NEW.issue_id AND reported_on > NEW.happened_on);
END;
CREATE TRIGGER issue_help_repeated BEFORE INSERT ON issue_help WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这位合伙人这一天协助这个问题已经记过。') WHERE EXISTS (
    SELECT 1 FROM issue_help h WHERE h.issue_id = NEW.issue_id AND h.partner_id = NEW.partner_id
      AND h.happened_on = NEW.happened_on AND h.sign = 1 AND NOT EXISTS (SELECT 1 FROM issue_help r WHERE r.reverses_id = h.id));
END;
CREATE TRIGGER entry_of_help BEFORE INSERT ON entry WHEN NEW.issue_help_id IS NOT NULL AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这次协助已撤回，或日期、合伙人不符，不能记积分。') WHERE NOT EXISTS (
    SELECT 1 FROM issue_help h WHERE h.id = NEW.issue_help_id AND h.partner_id = NEW.partner_id
      AND h.happened_on = NEW.happened_on AND h.sign = 1 AND NOT EXISTS (SELECT 1 FROM issue_help r WHERE r.reverses_id = h.id));
  SELECT RAISE(ABORT, '这次协助已经记过积分。') WHERE EXISTS (
    SELECT 1 FROM entry e WHERE e.issue_help_id = NEW.issue_help_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER issue_event_days BEFORE INSERT ON issue_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '问题的办理日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM issue_event e WHERE e.issue_id = NEW.issue_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM issue_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER issue_event_order BEFORE INSERT ON issue_event BEGIN
  SELECT RAISE(ABORT, '问题的办理步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * reported), 0) + NEW.sign * NEW.reported IN (0, 1)
      AND ifnull(sum(sign * open), 0) + NEW.sign * NEW.open IN (0, 1)
      AND ifnull(sum(sign * resolved), 0) + NEW.sign * NEW.resolved IN (0, 1)
      AND ifnull(sum(sign * confirmed), 0) + NEW.sign * NEW.confirmed
        BETWEEN 0 AND ifnull(sum(sign * resolved), 0) + NEW.sign * NEW.resolved
      AND ifnull(sum(sign * beneficiaries), 0) + NEW.sign * NEW.beneficiaries >= 0
    FROM issue_event WHERE issue_id = NEW.issue_id);
END;
CREATE TRIGGER meeting_fixed BEFORE UPDATE OF held_on ON meeting BEGIN
  SELECT RAISE(ABORT, '会议不能换日期。') WHERE OLD.held_on IS NOT NEW.held_on;
END;
CREATE TRIGGER meeting_held_fits BEFORE INSERT ON meeting_held BEGIN
  SELECT RAISE(ABORT, '一次会议只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM meeting_held WHERE meeting_id = NEW.meeting_id);
  SELECT RAISE(ABORT, '会议的日期或社区与卡片不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END;
CREATE TRIGGER attending_fits BEFORE INSERT ON attending BEGIN
  SELECT RAISE(ABORT, '一家单位在一次会议里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM attending
    WHERE meeting_id = NEW.meeting_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '参会的日期或社区与会议不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on = NEW.happened_on AND community_id = NEW.community_id);
END;
CREATE TRIGGER attending_present BEFORE INSERT ON attending WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER resolution_event_days BEFORE INSERT ON resolution_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '决议的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM resolution_event e WHERE e.resolution_id = NEW.resolution_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM resolution_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER resolution_event_order BEFORE INSERT ON resolution_event BEGIN
  SELECT RAISE(ABORT, '决议的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM resolution_event WHERE resolution_id = NEW.resolution_id);
END;
CREATE TRIGGER resolution_event_begun BEFORE INSERT ON resolution_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '决议的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'made') = EXISTS (
    SELECT 1 FROM resolution_event e WHERE e.resolution_id = NEW.resolution_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM resolution_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER resolution_event_of BEFORE INSERT ON resolution_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '决议的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM resolution c WHERE c.id = NEW.resolution_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER resolution_event_taken BEFORE INSERT ON resolution_event BEGIN
  SELECT RAISE(ABORT, '重开办结的决议没有把办结减回来，或减了没有办结的。') WHERE NOT (
    SELECT ifnull(sum(sign * done), 0) + NEW.sign * NEW.done
      BETWEEN 0 AND 1 - min(1, ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta)
    FROM resolution_event WHERE resolution_id = NEW.resolution_id);
END;
CREATE TRIGGER resolution_event_made BEFORE INSERT ON resolution_event WHEN NEW.sign = 1 AND NEW.event = 'made' BEGIN
  SELECT RAISE(ABORT, '决议的日期或社区与会议不符。') WHERE NOT EXISTS (
    SELECT 1 FROM resolution s JOIN meeting m ON m.id = s.meeting_id WHERE s.id = NEW.resolution_id
      AND m.held_on = NEW.happened_on AND m.community_id = NEW.community_id);
END;
CREATE TRIGGER resolution_new BEFORE INSERT ON resolution BEGIN
  SELECT RAISE(ABORT, '决议的期限早于会议。') WHERE EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on > NEW.due_on);
END;
CREATE TRIGGER resolution_moved BEFORE UPDATE OF due_on, meeting_id ON resolution BEGIN
  SELECT RAISE(ABORT, '决议的期限早于会议。') WHERE EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on > NEW.due_on);
END;
CREATE TRIGGER cooperation_persons BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '合作的双方是同一家，或这两家的这项合作已经记过。') WHERE EXISTS (SELECT 1 FROM cooperation n WHERE n.sign = 1 AND NOT EXISTS (SELECT 1 FROM cooperation r WHERE r.reverses_id = n.id)
      AND n.id IN (SELECT id FROM cooperation WHERE voucher_id = NEW.voucher_id
        UNION SELECT c.id FROM standing s JOIN cooperation c ON c.id IN (SELECT id FROM cooperation WHERE partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = s.into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) UNION SELECT id FROM cooperation WHERE with_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = s.into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside))
          WHERE s.voucher_id = NEW.voucher_id AND s.event = 'merged')
      AND ((WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) IS (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) OR EXISTS (
        SELECT 1 FROM cooperation o WHERE o.id <> n.id AND o.sign = 1 AND NOT EXISTS (SELECT 1 FROM cooperation r WHERE r.reverses_id = o.id) AND o.meeting_id IS n.meeting_id
          AND (o.meeting_id IS NOT NULL OR o.happened_on = n.happened_on)
          AND (n.with_id IS NOT NULL OR o.community_id = n.community_id)
          AND o.id IN (SELECT id FROM cooperation WHERE partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) UNION SELECT id FROM cooperation WHERE with_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside))
          AND (((WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = o.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL), (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = o.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) IS ((WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL), (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) OR ((WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = o.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL), (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = o.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) IS ((WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL), (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = n.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL))))));
END;
CREATE TRIGGER cooperation_present BEFORE INSERT ON cooperation WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER cooperation_with_present BEFORE INSERT ON cooperation WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.with_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.with_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.with_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER cooperation_fits BEFORE INSERT ON cooperation BEGIN
  SELECT RAISE(ABORT, '这项合作已经记过。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM cooperation
    WHERE meeting_id IS NEW.meeting_id
      AND (meeting_id IS NOT NULL OR happened_on = NEW.happened_on)
      AND ((partner_id = NEW.partner_id AND with_id IS NEW.with_id)
        OR (partner_id IS NEW.with_id AND with_id = NEW.partner_id)));
  SELECT RAISE(ABORT, '合作的日期早于会议，或社区与会议不符。') WHERE NEW.sign = 1 AND NEW.meeting_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM meeting WHERE id = NEW.meeting_id AND held_on <= NEW.happened_on AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '合作的第一方不是商企。') WHERE NEW.sign = 1 AND NEW.restores_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM partner WHERE id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND kind = 'business');
  SELECT RAISE(ABORT, '惠民服务不是合作双方推出的。') WHERE NEW.sign = 1 AND NEW.offer_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM offer WHERE id = NEW.offer_id AND (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = offer.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) IN (
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL), (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.with_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)));
  SELECT RAISE(ABORT, '需求不在合作所记的社区。') WHERE NEW.sign = 1 AND NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM need WHERE id = NEW.need_id AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '需求在合作那天还没有提出。') WHERE NEW.sign = 1 AND NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM need_event e WHERE e.need_id = NEW.need_id AND e.event = 'raised' AND e.sign = 1
      AND e.happened_on <= NEW.happened_on AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER need_event_days BEFORE INSERT ON need_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '需求的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM need_event e WHERE e.need_id = NEW.need_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER need_event_order BEFORE INSERT ON need_event BEGIN
  SELECT RAISE(ABORT, '需求的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM need_event WHERE need_id = NEW.need_id);
END;
CREATE TRIGGER need_event_begun BEFORE INSERT ON need_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '需求的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'raised') = EXISTS (
    SELECT 1 FROM need_event e WHERE e.need_id = NEW.need_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER need_event_of BEFORE INSERT ON need_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '需求的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM need c WHERE c.id = NEW.need_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER need_event_same BEFORE INSERT ON need_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '需求的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM need_event e WHERE e.need_id = NEW.need_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = e.id) AND (e.category, e.heads) IS NOT (NEW.category, NEW.heads));
END;
CREATE TRIGGER offer_event_days BEFORE INSERT ON offer_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '惠民服务的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM offer_event e WHERE e.offer_id = NEW.offer_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER offer_event_order BEFORE INSERT ON offer_event BEGIN
  SELECT RAISE(ABORT, '惠民服务的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM offer_event WHERE offer_id = NEW.offer_id);
END;
CREATE TRIGGER offer_event_begun BEFORE INSERT ON offer_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '惠民服务的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'opened') = EXISTS (
    SELECT 1 FROM offer_event e WHERE e.offer_id = NEW.offer_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER offer_event_of BEFORE INSERT ON offer_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '惠民服务的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM offer c WHERE c.id = NEW.offer_id AND c.withdrawn = 0 AND (c.community_id, c.partner_id) IS (NEW.community_id, NEW.partner_id));
END;
CREATE TRIGGER offer_event_same BEFORE INSERT ON offer_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '惠民服务的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM offer_event e WHERE e.offer_id = NEW.offer_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id) AND (e.trade, e.terms) IS NOT (NEW.trade, NEW.terms));
END;
CREATE TRIGGER offer_event_apart BEFORE INSERT ON offer_event WHEN NEW.sign = 1 AND NEW.delta = 1 AND NOT EXISTS (SELECT 1 FROM offer_event b WHERE b.offer_id = NEW.offer_id
    AND (b.delta, b.happened_on) = (1, NEW.happened_on)) BEGIN
  SELECT RAISE(ABORT, '惠民服务与另一次时间重叠。') WHERE EXISTS (SELECT 1 FROM offer c JOIN offer o ON c.community_id = o.community_id AND c.title_key = o.title_key AND c.id <> o.id AND o.withdrawn = 0
      WHERE c.id = NEW.offer_id AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
        AND ifnull((SELECT e.happened_on FROM offer_event e WHERE e.offer_id = o.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)), '9999-99-99') > NEW.happened_on);
END;
CREATE TRIGGER offer_event_merged BEFORE INSERT ON offer_event WHEN NEW.sign = 1 AND NEW.event = 'merged' BEGIN
  SELECT RAISE(ABORT, '惠民服务没有因合伙人合并而并为一份。') WHERE NOT EXISTS (
      SELECT 1 FROM offer_event e WHERE e.offer_id = NEW.offer_id AND (e.event, e.happened_on) = ('merged', NEW.happened_on))
    AND NOT EXISTS (
      SELECT 1 FROM standing s WHERE s.voucher_id = NEW.voucher_id AND s.event = 'merged' AND s.sign = 1
        AND (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) IN (s.partner_id, s.into_id));
END;
CREATE TRIGGER offer_event_kept BEFORE INSERT ON offer_event
  WHEN NEW.sign = 1 AND NEW.delta = -1 AND NEW.event <> 'merged' BEGIN
  SELECT RAISE(ABORT, '合并的另一份惠民服务到更晚的一天才并入这一份。') WHERE EXISTS (
    SELECT e.happened_on, iif(e.restores_id IS NULL, e.voucher_id, (
      WITH RECURSIVE up(voucher_id, restores_id) AS (SELECT e.voucher_id, e.restores_id
        UNION ALL SELECT o.voucher_id, o.restores_id FROM up JOIN offer_event k ON k.id = up.restores_id
          JOIN offer_event o ON o.id = k.reverses_id)
      SELECT min(voucher_id) FROM up)) FROM offer c JOIN offer o ON c.community_id = o.community_id AND c.title_key = o.title_key AND c.id <> o.id AND o.withdrawn = 0
      JOIN offer_event e ON e.offer_id = o.id AND e.event = 'merged' AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)
      WHERE c.id = NEW.offer_id AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND e.happened_on > NEW.happened_on
        AND NOT EXISTS (SELECT 1 FROM offer k WHERE c.community_id = k.community_id AND c.title_key = k.title_key AND c.id <> k.id AND k.withdrawn = 0
          AND k.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND k.status <> 'merged' AND ifnull((SELECT e.happened_on FROM offer_event e WHERE e.offer_id = k.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)), '9999-99-99') >= e.happened_on
          AND (SELECT e.happened_on FROM offer_event e WHERE e.offer_id = k.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)) BETWEEN (SELECT e.happened_on FROM offer_event e WHERE e.offer_id = c.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)) AND (SELECT e.happened_on FROM offer_event e WHERE e.offer_id = o.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)))
      ORDER BY e.happened_on DESC LIMIT 1);
END;
CREATE TRIGGER offer_apart BEFORE UPDATE ON offer WHEN NEW.withdrawn = 0 AND (OLD.status, OLD.community_id, OLD.title_key) IS NOT (NEW.status, NEW.community_id, NEW.title_key) BEGIN
  SELECT RAISE(ABORT, '这一类型的合伙人不能有惠民服务。') WHERE NEW.status = 'open' AND NEW.withdrawn = 0 AND EXISTS (
    SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'business'));
  SELECT RAISE(ABORT, '同一家单位的惠民服务已另有一份。') WHERE NEW.status = 'open' AND NEW.withdrawn = 0 AND EXISTS (
    SELECT 1 FROM offer o WHERE NEW.community_id = o.community_id AND NEW.title_key = o.title_key AND NEW.id <> o.id AND o.withdrawn = 0 AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
      AND o.partner_id <> NEW.partner_id AND o.status = 'open' AND o.withdrawn = 0);
  SELECT RAISE(ABORT, '惠民服务与另一次时间重叠。') WHERE EXISTS (
    SELECT 1 FROM offer o WHERE NEW.community_id = o.community_id AND NEW.title_key = o.title_key AND NEW.id <> o.id AND o.withdrawn = 0 AND o.partner_id = NEW.partner_id
      AND NOT (NEW.status = 'open' AND NEW.withdrawn = 0 AND o.status = 'open' AND o.withdrawn = 0)
      AND ifnull((SELECT e.happened_on FROM offer_event e WHERE e.offer_id = o.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)), '9999-99-99') > (SELECT e.happened_on FROM offer_event e WHERE e.offer_id = NEW.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)) AND ifnull((SELECT e.happened_on FROM offer_event e WHERE e.offer_id = NEW.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)), '9999-99-99') > (SELECT e.happened_on FROM offer_event e WHERE e.offer_id = o.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = e.id)));
END;
CREATE TRIGGER offer_merged BEFORE UPDATE OF merged_into_id ON partner WHEN NEW.merged_into_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '并入的合伙人这一类型不能有惠民服务。') WHERE EXISTS (
    SELECT 1 FROM offer c WHERE c.status = 'open' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside))
    AND EXISTS (SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.merged_into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'business'));
  SELECT RAISE(ABORT, '两位都有同样的惠民服务，合并前须并为一份。') WHERE EXISTS (
    SELECT 1 FROM offer c JOIN offer o ON c.community_id = o.community_id AND c.title_key = o.title_key AND c.id <> o.id AND o.withdrawn = 0
    WHERE c.status = 'open' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
      AND o.status = 'open' AND o.withdrawn = 0 AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.merged_into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside));
END;
CREATE TRIGGER offer_of_kind BEFORE INSERT ON offer BEGIN
  SELECT RAISE(ABORT, '这一类型的合伙人不能有惠民服务。') WHERE 1 AND EXISTS (
    SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'business'));
END;
CREATE TRIGGER offer_kind BEFORE UPDATE OF kind ON partner WHEN NOT (NEW.kind = 'business') BEGIN
  SELECT RAISE(ABORT, '合伙人还有没有结束的惠民服务，不能改成这一类型。') WHERE NEW.merged_into_id IS NULL AND EXISTS (
    SELECT 1 FROM offer c WHERE c.status = 'open' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside));
END;
CREATE TRIGGER offer_event_present BEFORE INSERT ON offer_event WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL AND NEW.delta = 1 AND NOT EXISTS (SELECT 1 FROM offer_event b WHERE b.offer_id = NEW.offer_id
    AND (b.delta, b.happened_on) = (1, NEW.happened_on)) BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER offer_event_used BEFORE INSERT ON offer_event WHEN NEW.sign = 1 AND NEW.delta = -1 BEGIN
  SELECT RAISE(ABORT, '停止的日期早于最近一次使用。') WHERE EXISTS (
    SELECT 1 FROM offer_use u WHERE u.offer_id = NEW.offer_id AND u.sign = 1 AND u.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM offer_use r WHERE r.reverses_id = u.id));
END;
CREATE TRIGGER offer_use_fits BEFORE INSERT ON offer_use WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '使用的社区或商家与惠民服务不符。') WHERE NOT EXISTS (
    SELECT 1 FROM offer WHERE id = NEW.offer_id AND community_id = NEW.community_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '惠民服务在这一天没有开放。') WHERE 1 > (
    SELECT ifnull(sum(sign * CASE WHEN happened_on < NEW.happened_on THEN delta ELSE delta = 1 END), 0)
    FROM offer_event WHERE offer_id = NEW.offer_id AND happened_on <= NEW.happened_on);
END;
CREATE TRIGGER pairing_event_days BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '结对的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM pairing_event e WHERE e.pairing_id = NEW.pairing_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER pairing_event_order BEFORE INSERT ON pairing_event BEGIN
  SELECT RAISE(ABORT, '结对的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM pairing_event WHERE pairing_id = NEW.pairing_id);
END;
CREATE TRIGGER pairing_event_begun BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '结对的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'started') = EXISTS (
    SELECT 1 FROM pairing_event e WHERE e.pairing_id = NEW.pairing_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER pairing_event_of BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '结对的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM pairing c WHERE c.id = NEW.pairing_id AND c.withdrawn = 0 AND (c.community_id, c.partner_id) IS (NEW.community_id, NEW.partner_id));
END;
CREATE TRIGGER pairing_event_same BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '结对的这一步与前面几步所写的不符。') WHERE EXISTS (
    SELECT 1 FROM pairing_event e WHERE e.pairing_id = NEW.pairing_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id) AND (e.links) IS NOT (NEW.links));
END;
CREATE TRIGGER pairing_event_apart BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 AND NEW.delta = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event b WHERE b.pairing_id = NEW.pairing_id
    AND (b.delta, b.happened_on) = (1, NEW.happened_on)) BEGIN
  SELECT RAISE(ABORT, '结对与另一次时间重叠。') WHERE EXISTS (SELECT 1 FROM pairing c JOIN pairing o ON c.community_id = o.community_id AND c.id <> o.id AND o.withdrawn = 0
      WHERE c.id = NEW.pairing_id AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
        AND ifnull((SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = o.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)), '9999-99-99') > NEW.happened_on);
END;
CREATE TRIGGER pairing_event_merged BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 AND NEW.event = 'merged' BEGIN
  SELECT RAISE(ABORT, '结对没有因合伙人合并而并为一份。') WHERE NOT EXISTS (
      SELECT 1 FROM pairing_event e WHERE e.pairing_id = NEW.pairing_id AND (e.event, e.happened_on) = ('merged', NEW.happened_on))
    AND NOT EXISTS (
      SELECT 1 FROM standing s WHERE s.voucher_id = NEW.voucher_id AND s.event = 'merged' AND s.sign = 1
        AND (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) IN (s.partner_id, s.into_id));
END;
CREATE TRIGGER pairing_event_kept BEFORE INSERT ON pairing_event
  WHEN NEW.sign = 1 AND NEW.delta = -1 AND NEW.event <> 'merged' BEGIN
  SELECT RAISE(ABORT, '合并的另一份结对到更晚的一天才并入这一份。') WHERE EXISTS (
    SELECT e.happened_on, iif(e.restores_id IS NULL, e.voucher_id, (
      WITH RECURSIVE up(voucher_id, restores_id) AS (SELECT e.voucher_id, e.restores_id
        UNION ALL SELECT o.voucher_id, o.restores_id FROM up JOIN pairing_event k ON k.id = up.restores_id
          JOIN pairing_event o ON o.id = k.reverses_id)
      SELECT min(voucher_id) FROM up)) FROM pairing c JOIN pairing o ON c.community_id = o.community_id AND c.id <> o.id AND o.withdrawn = 0
      JOIN pairing_event e ON e.pairing_id = o.id AND e.event = 'merged' AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)
      WHERE c.id = NEW.pairing_id AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND e.happened_on > NEW.happened_on
        AND NOT EXISTS (SELECT 1 FROM pairing k WHERE c.community_id = k.community_id AND c.id <> k.id AND k.withdrawn = 0
          AND k.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = c.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND k.status <> 'merged' AND ifnull((SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = k.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)), '9999-99-99') >= e.happened_on
          AND (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = k.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)) BETWEEN (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = c.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)) AND (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = o.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)))
      ORDER BY e.happened_on DESC LIMIT 1);
END;
CREATE TRIGGER pairing_apart BEFORE UPDATE ON pairing WHEN NEW.withdrawn = 0 AND (OLD.status, OLD.community_id) IS NOT (NEW.status, NEW.community_id) BEGIN
  SELECT RAISE(ABORT, '这一类型的合伙人不能有结对。') WHERE NEW.status = 'active' AND NEW.withdrawn = 0 AND EXISTS (
    SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'group' OR p.kind = 'business'));
  SELECT RAISE(ABORT, '同一家单位的结对已另有一份。') WHERE NEW.status = 'active' AND NEW.withdrawn = 0 AND EXISTS (
    SELECT 1 FROM pairing o WHERE NEW.community_id = o.community_id AND NEW.id <> o.id AND o.withdrawn = 0 AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
      AND o.partner_id <> NEW.partner_id AND o.status = 'active' AND o.withdrawn = 0);
  SELECT RAISE(ABORT, '结对与另一次时间重叠。') WHERE EXISTS (
    SELECT 1 FROM pairing o WHERE NEW.community_id = o.community_id AND NEW.id <> o.id AND o.withdrawn = 0 AND o.partner_id = NEW.partner_id
      AND NOT (NEW.status = 'active' AND NEW.withdrawn = 0 AND o.status = 'active' AND o.withdrawn = 0)
      AND ifnull((SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = o.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)), '9999-99-99') > (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = NEW.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)) AND ifnull((SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = NEW.id AND e.delta = -1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)), '9999-99-99') > (SELECT e.happened_on FROM pairing_event e WHERE e.pairing_id = o.id AND e.delta = 1
          AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = e.id)));
END;
CREATE TRIGGER pairing_merged BEFORE UPDATE OF merged_into_id ON partner WHEN NEW.merged_into_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '并入的合伙人这一类型不能有结对。') WHERE EXISTS (
    SELECT 1 FROM pairing c WHERE c.status = 'active' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside))
    AND EXISTS (SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.merged_into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'group' OR p.kind = 'business'));
  SELECT RAISE(ABORT, '两位都有同样的结对，合并前须并为一份。') WHERE EXISTS (
    SELECT 1 FROM pairing c JOIN pairing o ON c.community_id = o.community_id AND c.id <> o.id AND o.withdrawn = 0
    WHERE c.status = 'active' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside)
      AND o.status = 'active' AND o.withdrawn = 0 AND o.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.merged_into_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside));
END;
CREATE TRIGGER pairing_of_kind BEFORE INSERT ON pairing BEGIN
  SELECT RAISE(ABORT, '这一类型的合伙人不能有结对。') WHERE 1 AND EXISTS (
    SELECT 1 FROM partner p WHERE p.id = (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) AND NOT (p.kind = 'group' OR p.kind = 'business'));
END;
CREATE TRIGGER pairing_kind BEFORE UPDATE OF kind ON partner WHEN NOT (NEW.kind = 'group' OR NEW.kind = 'business') BEGIN
  SELECT RAISE(ABORT, '合伙人还有没有结束的结对，不能改成这一类型。') WHERE NEW.merged_into_id IS NULL AND EXISTS (
    SELECT 1 FROM pairing c WHERE c.status = 'active' AND c.withdrawn = 0 AND c.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside));
END;
CREATE TRIGGER pairing_event_present BEFORE INSERT ON pairing_event WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL AND NEW.delta = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event b WHERE b.pairing_id = NEW.pairing_id
    AND (b.delta, b.happened_on) = (1, NEW.happened_on)) BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER standing_balance BEFORE INSERT ON standing BEGIN
  SELECT RAISE(ABORT, '合伙人的加入与离开前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM standing
    WHERE partner_id = NEW.partner_id AND kind = NEW.kind AND community_id = NEW.community_id);
END;
CREATE TRIGGER standing_days BEFORE INSERT ON standing
  WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.event <> 'joined' BEGIN
  SELECT RAISE(ABORT, '合伙人的变动早于上一次变动。') WHERE EXISTS (
    SELECT 1 FROM standing s WHERE s.partner_id = NEW.partner_id AND s.happened_on > NEW.happened_on
      AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id));
END;
CREATE TRIGGER partner_merged_round BEFORE UPDATE OF merged_into_id ON partner BEGIN
  SELECT RAISE(ABORT, '并入的那一位已并入这一位。') WHERE NEW.id IN (
    WITH RECURSIVE up(id) AS (SELECT NEW.merged_into_id UNION SELECT p.merged_into_id FROM up JOIN partner p ON p.id = up.id)
    SELECT id FROM up);
END;
CREATE TRIGGER partner_grid_new BEFORE INSERT ON partner BEGIN
  SELECT RAISE(ABORT, '网格不在合伙人所在的社区。') WHERE NEW.grid_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.grid_id AND kind = 'grid' AND parent_id = NEW.community_id);
END;
CREATE TRIGGER partner_grid_edited BEFORE UPDATE OF grid_id, community_id ON partner BEGIN
  SELECT RAISE(ABORT, '网格不在合伙人所在的社区。') WHERE NEW.grid_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE id = NEW.grid_id AND kind = 'grid' AND parent_id = NEW.community_id);
END;
CREATE TRIGGER partner_balance AFTER INSERT ON partner BEGIN
  INSERT INTO balance (partner_id, points) VALUES (NEW.id, 0);
END;
CREATE TRIGGER entry_enough BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, '这位合伙人没有余额记录。') WHERE NOT EXISTS (SELECT 1 FROM balance WHERE partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '积分余额不足。')
    WHERE (SELECT points FROM balance WHERE partner_id = NEW.partner_id) + NEW.points < 0;
END;
CREATE TRIGGER entry_since BEFORE INSERT ON entry
  WHEN NEW.points < 0 AND NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.kind <> 'transfer' AND EXISTS (SELECT 1 FROM entry WHERE partner_id = NEW.partner_id AND happened_on > NEW.happened_on) BEGIN
  SELECT RAISE(ABORT, '积分余额不足：当天或以后不够。')
    WHERE NEW.points + (SELECT points FROM balance WHERE partner_id = NEW.partner_id) < (
    SELECT max(since) FROM (SELECT sum(sum(points)) OVER (ORDER BY happened_on DESC) AS since
      FROM entry WHERE partner_id = NEW.partner_id AND happened_on > NEW.happened_on GROUP BY happened_on));
END;
CREATE TRIGGER entry_moves AFTER INSERT ON entry BEGIN
  UPDATE balance SET points = points + NEW.points, entry_id = NEW.id WHERE partner_id = NEW.partner_id;
END;
CREATE TRIGGER balance_guard BEFORE UPDATE ON balance BEGIN
  SELECT RAISE(ABORT, '余额只随流水变动。') WHERE NEW.partner_id <> OLD.partner_id
    OR NEW.entry_id <= ifnull(OLD.entry_id, 0) OR NEW.entry_id IS NULL
    OR NEW.points - OLD.points IS NOT (SELECT points FROM entry WHERE id = NEW.entry_id AND partner_id = NEW.partner_id);
END;
CREATE TRIGGER balance_new BEFORE INSERT ON balance BEGIN
  SELECT RAISE(ABORT, '余额随卡片建立，从 0 开始。') WHERE NEW.points <> 0 OR NEW.entry_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM balance WHERE partner_id = NEW.partner_id);
END;
CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance BEGIN
  SELECT RAISE(ABORT, '余额不能删除。');
END;
CREATE TRIGGER entry_of_slip BEFORE INSERT ON entry WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '兑换单不存在、已取消，或与这笔积分不符。') WHERE NOT EXISTS (
    SELECT 1 FROM redemption r WHERE r.id = NEW.redemption_id AND r.sign = 1 AND r.voucher_id = NEW.voucher_id
      AND r.points = -NEW.points AND r.partner_id = NEW.partner_id AND r.community_id = NEW.community_id
      AND r.happened_on = NEW.happened_on AND NOT EXISTS (SELECT 1 FROM redemption c WHERE c.reverses_id = r.id));
END;
CREATE TRIGGER entry_pair_legs BEFORE INSERT ON entry WHEN NEW.pair_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '转移的两笔不相配。') WHERE NOT EXISTS (
    SELECT 1 FROM entry o WHERE o.id = NEW.pair_id AND o.kind = 'transfer' AND o.voucher_id = NEW.voucher_id
      AND o.points = -NEW.points AND o.earned_on = NEW.earned_on AND o.counted_in = NEW.counted_in);
  SELECT RAISE(ABORT, '转出的一笔已有对应的转入。') WHERE EXISTS (SELECT 1 FROM entry WHERE pair_id = NEW.pair_id);
END;
CREATE TRIGGER project_event_days BEFORE INSERT ON project_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目的日期早于上一步。') WHERE EXISTS (
    SELECT 1 FROM project_event e WHERE e.project_id = NEW.project_id AND e.sign = 1 AND e.happened_on > NEW.happened_on
      AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER project_event_order BEFORE INSERT ON project_event BEGIN
  SELECT RAISE(ABORT, '项目的步骤前后不符。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM project_event WHERE project_id = NEW.project_id);
END;
CREATE TRIGGER project_event_begun BEFORE INSERT ON project_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目的第一步只有一次，而且在其他各步之前。') WHERE (NEW.event = 'landed') = EXISTS (
    SELECT 1 FROM project_event e WHERE e.project_id = NEW.project_id AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER project_event_of BEFORE INSERT ON project_event WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM project c WHERE c.id = NEW.project_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER project_partner_present BEFORE INSERT ON project_partner WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL AND NEW.delta = 1 BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER project_presence_present BEFORE INSERT ON project_presence WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER project_event_landed BEFORE INSERT ON project_event WHEN NEW.sign = 1 AND NEW.event = 'landed' BEGIN
  SELECT RAISE(ABORT, '项目出自的需求不在项目所在的社区。') WHERE EXISTS (
    SELECT 1 FROM need WHERE id = (SELECT need_id FROM project WHERE id = NEW.project_id) AND community_id <> (SELECT community_id FROM project WHERE id = NEW.project_id));
  SELECT RAISE(ABORT, '项目落地早于它出自的会议。') WHERE NEW.happened_on < (
    SELECT held_on FROM meeting WHERE id = (SELECT meeting_id FROM project WHERE id = NEW.project_id));
  SELECT RAISE(ABORT, '项目落地早于它出自的需求。') WHERE NEW.happened_on < (
    SELECT happened_on FROM need_event n WHERE need_id = (SELECT need_id FROM project WHERE id = NEW.project_id) AND event = 'raised' AND n.sign = 1 AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = n.id));
  SELECT RAISE(ABORT, '项目出自的评估比它晚，或结论不是新立项目。') WHERE EXISTS (
    SELECT 1 FROM evaluation WHERE id = (SELECT evaluation_id FROM project WHERE id = NEW.project_id) AND (happened_on > NEW.happened_on OR result <> 'new'));
  SELECT RAISE(ABORT, '下次评估要晚于落地。') WHERE EXISTS (
    SELECT 1 FROM project WHERE id = NEW.project_id AND next_evaluation_on <= NEW.happened_on);
END;
CREATE TRIGGER project_origin_fits BEFORE UPDATE OF need_id, meeting_id, evaluation_id ON project BEGIN
  SELECT RAISE(ABORT, '项目出自的需求不在项目所在的社区。') WHERE EXISTS (
    SELECT 1 FROM need WHERE id = NEW.need_id AND community_id <> NEW.community_id);
  SELECT RAISE(ABORT, '项目落地早于它出自的会议。') WHERE (SELECT e.happened_on FROM project_event e WHERE e.project_id = NEW.id AND e.event = 'landed'
      AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id)) < (
    SELECT held_on FROM meeting WHERE id = NEW.meeting_id);
  SELECT RAISE(ABORT, '项目落地早于它出自的需求。') WHERE (SELECT e.happened_on FROM project_event e WHERE e.project_id = NEW.id AND e.event = 'landed'
      AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id)) < (
    SELECT happened_on FROM need_event n WHERE need_id = NEW.need_id AND event = 'raised' AND n.sign = 1 AND NOT EXISTS (SELECT 1 FROM need_event r WHERE r.reverses_id = n.id));
  SELECT RAISE(ABORT, '项目出自的评估比它晚，或结论不是新立项目。') WHERE EXISTS (
    SELECT 1 FROM evaluation WHERE id = NEW.evaluation_id AND (happened_on > (SELECT e.happened_on FROM project_event e WHERE e.project_id = NEW.id AND e.event = 'landed'
      AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id)) OR result <> 'new'));
END;
CREATE TRIGGER project_next_fits BEFORE UPDATE OF next_evaluation_on ON project BEGIN
  SELECT RAISE(ABORT, '下次评估要晚于落地和已有的评估。') WHERE NEW.next_evaluation_on <= (SELECT e.happened_on FROM project_event e WHERE e.project_id = NEW.id AND e.event = 'landed'
      AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id))
    OR EXISTS (SELECT 1 FROM evaluation e WHERE e.project_id = NEW.id AND e.happened_on >= NEW.next_evaluation_on
      AND e.sign = 1 AND NOT EXISTS (SELECT 1 FROM evaluation r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER project_event_served AFTER INSERT ON project_event WHEN NEW.sign * NEW.delta = -1 BEGIN
  SELECT RAISE(ABORT, '项目在这以后还有服务、有单位加入，或有结论为继续的评估。') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT happened_on FROM project_session f WHERE project_id = NEW.project_id AND f.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_session r WHERE r.reverses_id = f.id)
      UNION ALL SELECT happened_on FROM evaluation f
      WHERE project_id = NEW.project_id AND result = 'continue' AND f.sign = 1 AND NOT EXISTS (SELECT 1 FROM evaluation r WHERE r.reverses_id = f.id)
      UNION ALL SELECT happened_on FROM project_partner f
      WHERE project_id = NEW.project_id AND delta = 1 AND NEW.event <> 'landed' AND f.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_partner r WHERE r.reverses_id = f.id)) s
    WHERE s.happened_on >= NEW.happened_on AND NOT (SELECT ifnull(sum(sign * CASE WHEN happened_on < s.happened_on THEN delta ELSE delta = 1 END), 0) > 0
      FROM project_event WHERE project_id = NEW.project_id AND happened_on <= s.happened_on));
END;
CREATE TRIGGER project_partner_fits BEFORE INSERT ON project_partner BEGIN
  SELECT RAISE(ABORT, '一家单位在一个项目里只计一次，没有加入的不能退出。') WHERE NOT (
    SELECT ifnull(sum(sign * delta), 0) + NEW.sign * NEW.delta IN (0, 1) FROM project_partner
    WHERE project_id = NEW.project_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '社区与项目的不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM project WHERE id = NEW.project_id AND community_id = NEW.community_id);
  SELECT RAISE(ABORT, '项目在这一天没有实施，不能加入。') WHERE NEW.sign = 1 AND NEW.delta = 1 AND NOT (SELECT ifnull(sum(sign * CASE WHEN happened_on < NEW.happened_on THEN delta ELSE delta = 1 END), 0) > 0
      FROM project_event WHERE project_id = NEW.project_id AND happened_on <= NEW.happened_on);
  SELECT RAISE(ABORT, '日期早于这家单位上一次加入或退出。') WHERE NEW.sign = 1 AND EXISTS (
    SELECT 1 FROM project_partner e WHERE e.project_id = NEW.project_id AND e.partner_id = NEW.partner_id AND e.sign = 1
      AND e.happened_on > NEW.happened_on AND NOT EXISTS (SELECT 1 FROM project_partner r WHERE r.reverses_id = e.id));
END;
CREATE TRIGGER project_session_fits BEFORE INSERT ON project_session WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目在这一天没有实施，不能记服务。') WHERE NOT EXISTS (
      SELECT 1 FROM project WHERE id = NEW.project_id AND community_id = NEW.community_id)
    OR NOT (SELECT ifnull(sum(sign * CASE WHEN happened_on < NEW.happened_on THEN delta ELSE delta = 1 END), 0) > 0
      FROM project_event WHERE project_id = NEW.project_id AND happened_on <= NEW.happened_on);
END;
CREATE TRIGGER project_presence_fits BEFORE INSERT ON project_presence BEGIN
  SELECT RAISE(ABORT, '一家单位在一场服务里只计一次。') WHERE NOT (
    SELECT ifnull(sum(sign), 0) + NEW.sign IN (0, 1) FROM project_presence
    WHERE session_id = NEW.session_id AND partner_id = NEW.partner_id);
  SELECT RAISE(ABORT, '参与的日期或社区与这场服务不符。') WHERE NEW.sign = 1 AND NOT EXISTS (
    SELECT 1 FROM project_session s WHERE s.id = NEW.session_id AND s.sign = 1
      AND s.happened_on = NEW.happened_on AND s.community_id = NEW.community_id
      AND NOT EXISTS (SELECT 1 FROM project_session r WHERE r.reverses_id = s.id));
END;
CREATE TRIGGER evaluation_fits BEFORE INSERT ON evaluation WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '项目在这一天还没有落地，不能评估。') WHERE NOT EXISTS (SELECT 1 FROM project_event e
      WHERE e.project_id = NEW.project_id AND e.event = 'landed' AND e.sign = 1 AND e.happened_on <= NEW.happened_on
        AND e.community_id = NEW.community_id AND NOT EXISTS (SELECT 1 FROM project_event r WHERE r.reverses_id = e.id));
  SELECT RAISE(ABORT, '项目在这一天没有实施，结论不能是继续。') WHERE NEW.result = 'continue' AND NOT (SELECT ifnull(sum(sign * CASE WHEN happened_on < NEW.happened_on THEN delta ELSE delta = 1 END), 0) > 0
      FROM project_event WHERE project_id = NEW.project_id AND happened_on <= NEW.happened_on);
  SELECT RAISE(ABORT, '结论是调整或停办，项目却没有这一步。') WHERE NEW.restores_id IS NULL AND NEW.result IN ('adjust', 'stop')
    AND NOT EXISTS (
      SELECT 1 FROM project_event e WHERE e.project_id = NEW.project_id AND e.happened_on = NEW.happened_on AND e.sign = 1
        AND e.voucher_id = NEW.voucher_id AND e.event = iif(NEW.result = 'adjust', 'adjusted', 'stopped'));
END;
CREATE TRIGGER stock_move_quota BEFORE INSERT ON stock_move WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '一张兑换单里同一件商品只记一行。') WHERE (
    SELECT sum(sign) FROM stock_move WHERE redemption_id = NEW.redemption_id AND +item_id = NEW.item_id) > 0;
  SELECT RAISE(ABORT, '超过限兑次数。') WHERE EXISTS (
    SELECT 1 FROM item i JOIN redemption n ON n.id = NEW.redemption_id
    WHERE i.id = NEW.item_id AND i.quota_times <= (
      WITH RECURSIVE person(id) AS (
        SELECT n.partner_id UNION SELECT p.id FROM person JOIN partner p ON p.merged_into_id = person.id)
      SELECT ifnull(sum(m.sign), 0) FROM person
      CROSS JOIN redemption r ON r.partner_id = person.id AND r.sign = 1 AND r.happened_on BETWEEN CASE i.quota_period
          WHEN 'day' THEN n.happened_on
          WHEN 'month' THEN substr(n.happened_on, 1, 7) || '-01'
          WHEN 'quarter' THEN date(n.happened_on, 'start of month', '-' || ((substr(n.happened_on, 6, 2) + 2) % 3) || ' months')
          WHEN 'year' THEN substr(n.happened_on, 1, 4) || '-01-01' END
        AND CASE i.quota_period
          WHEN 'day' THEN n.happened_on
          WHEN 'month' THEN substr(n.happened_on, 1, 7) || '-31'
          WHEN 'quarter' THEN date(n.happened_on, 'start of month', '-' || ((substr(n.happened_on, 6, 2) + 2) % 3) || ' months', '+3 months', '-1 day')
          WHEN 'year' THEN substr(n.happened_on, 1, 4) || '-12-31' END
      CROSS JOIN stock_move m ON m.redemption_id = r.id AND +m.item_id = i.id));
END;
CREATE TRIGGER stock_move_slip BEFORE INSERT ON stock_move WHEN NEW.kind = 'redeem' AND NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '兑换单不存在、已取消或日期不符。') WHERE NOT EXISTS (
    SELECT 1 FROM redemption r WHERE r.id = NEW.redemption_id AND r.sign = 1 AND r.happened_on = NEW.happened_on
      AND r.voucher_id = NEW.voucher_id AND NOT EXISTS (SELECT 1 FROM redemption c WHERE c.reverses_id = r.id));
END;
CREATE TRIGGER item_price_of BEFORE INSERT ON item_price WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '商品的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM item c WHERE c.id = NEW.item_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER stock_move_of BEFORE INSERT ON stock_move WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '商品的登记已撤销，或社区、合伙人与它不符。') WHERE NOT EXISTS (
    SELECT 1 FROM item c WHERE c.id = NEW.item_id AND c.withdrawn = 0 AND (c.community_id) IS (NEW.community_id));
END;
CREATE TRIGGER stock_move_priced BEFORE INSERT ON stock_move
  WHEN NEW.kind = 'redeem' AND NEW.sign = 1 AND NEW.restores_id IS NULL BEGIN
  SELECT RAISE(ABORT, '价格不是商品当天的价格。') WHERE NEW.price IS NOT (
    SELECT p.price FROM item_price p WHERE p.item_id = NEW.item_id AND p.happened_on <= NEW.happened_on
      AND p.sign = 1 AND NOT EXISTS (SELECT 1 FROM item_price r WHERE r.reverses_id = p.id) ORDER BY p.happened_on DESC, p.id DESC LIMIT 1);
END;
CREATE TRIGGER item_stock AFTER INSERT ON item BEGIN
  INSERT INTO stock (item_id, quantity) VALUES (NEW.id, 0);
END;
CREATE TRIGGER stock_move_enough BEFORE INSERT ON stock_move BEGIN
  SELECT RAISE(ABORT, '这件商品没有库存记录。') WHERE NOT EXISTS (SELECT 1 FROM stock WHERE item_id = NEW.item_id);
  SELECT RAISE(ABORT, '库存不足。')
    WHERE (SELECT quantity FROM stock WHERE item_id = NEW.item_id) + NEW.quantity < 0;
END;
CREATE TRIGGER stock_move_since BEFORE INSERT ON stock_move
  WHEN NEW.quantity < 0 AND NEW.sign = 1 AND NEW.restores_id IS NULL AND EXISTS (SELECT 1 FROM stock_move WHERE item_id = NEW.item_id AND happened_on > NEW.happened_on) BEGIN
  SELECT RAISE(ABORT, '库存不足：当天或以后不够。')
    WHERE NEW.quantity + (SELECT quantity FROM stock WHERE item_id = NEW.item_id) < (
    SELECT max(since) FROM (SELECT sum(sum(quantity)) OVER (ORDER BY happened_on DESC) AS since
      FROM stock_move WHERE item_id = NEW.item_id AND happened_on > NEW.happened_on GROUP BY happened_on));
END;
CREATE TRIGGER stock_move_moves AFTER INSERT ON stock_move BEGIN
  UPDATE stock SET quantity = quantity + NEW.quantity, move_id = NEW.id WHERE item_id = NEW.item_id;
END;
CREATE TRIGGER stock_guard BEFORE UPDATE ON stock BEGIN
  SELECT RAISE(ABORT, '库存只随流水变动。') WHERE NEW.item_id <> OLD.item_id
    OR NEW.move_id <= ifnull(OLD.move_id, 0) OR NEW.move_id IS NULL
    OR NEW.quantity - OLD.quantity IS NOT (SELECT quantity FROM stock_move WHERE id = NEW.move_id AND item_id = NEW.item_id);
END;
CREATE TRIGGER stock_new BEFORE INSERT ON stock BEGIN
  SELECT RAISE(ABORT, '库存随卡片建立，从 0 开始。') WHERE NEW.quantity <> 0 OR NEW.move_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM stock WHERE item_id = NEW.item_id);
END;
CREATE TRIGGER stock_no_delete BEFORE DELETE ON stock BEGIN
  SELECT RAISE(ABORT, '库存不能删除。');
END;
CREATE TRIGGER redemption_present BEFORE INSERT ON redemption WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER support_given_present BEFORE INSERT ON support_given WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.partner_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '合伙人这一天还没有加入、已经退出或正在暂停。')
  WHERE NOT EXISTS (SELECT 1 FROM partner p WHERE p.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left'))
    AND NOT EXISTS (SELECT 1 FROM partner n WHERE n.id = ifnull((SELECT id FROM partner WHERE id = NEW.partner_id AND merged_into_id IS NULL),
      (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL)) AND n.joined_on > NEW.happened_on AND n.withdrawn = 0
      AND EXISTS (SELECT 1 FROM partner p WHERE p.id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND p.withdrawn = 0 AND p.joined_on <= NEW.happened_on
      AND ifnull((SELECT s.event FROM standing s
          WHERE s.partner_id = p.id AND s.event IN ('suspended', 'resumed', 'rejoined', 'left', 'merged') AND s.sign = 1 AND NOT EXISTS (SELECT 1 FROM standing r WHERE r.reverses_id = s.id)
            AND s.happened_on <= NEW.happened_on AND (s.happened_on < NEW.happened_on OR s.event NOT IN ('left', 'merged'))
          ORDER BY s.happened_on DESC, s.id DESC LIMIT 1), '') NOT IN ('suspended', 'left', 'merged')));
END;
CREATE TRIGGER booking_slot_new BEFORE INSERT ON booking WHEN NEW.withdrawn = 0 AND NEW.status <> 'cancelled' BEGIN
  SELECT RAISE(ABORT, '这个场地的这段时间已有别的预订。') WHERE EXISTS (SELECT 1 FROM booking b WHERE b.venue_id = NEW.venue_id AND b.day = NEW.day AND b.id <> NEW.id
      AND b.withdrawn = 0 AND b.status <> 'cancelled' AND b.from_minute < NEW.to_minute AND b.to_minute > NEW.from_minute);
END;
CREATE TRIGGER booking_slot_edited BEFORE UPDATE ON booking WHEN NEW.withdrawn = 0 AND NEW.status <> 'cancelled' BEGIN
  SELECT RAISE(ABORT, '这个场地的这段时间已有别的预订。') WHERE EXISTS (SELECT 1 FROM booking b WHERE b.venue_id = NEW.venue_id AND b.day = NEW.day AND b.id <> NEW.id
      AND b.withdrawn = 0 AND b.status <> 'cancelled' AND b.from_minute < NEW.to_minute AND b.to_minute > NEW.from_minute);
END;
CREATE TRIGGER booking_venue_new BEFORE INSERT ON booking BEGIN
  SELECT RAISE(ABORT, '预订与场地不在同一社区。') WHERE NOT EXISTS (
    SELECT 1 FROM venue v WHERE v.id = NEW.venue_id AND v.community_id = NEW.community_id);
END;
CREATE TRIGGER booking_venue_moved BEFORE UPDATE OF venue_id, community_id ON booking BEGIN
  SELECT RAISE(ABORT, '预订与场地不在同一社区。') WHERE NOT EXISTS (
    SELECT 1 FROM venue v WHERE v.id = NEW.venue_id AND v.community_id = NEW.community_id);
END;
CREATE TRIGGER booking_used BEFORE UPDATE ON booking BEGIN
  SELECT RAISE(ABORT, '预订已经使用，场地、合伙人和时间不能再改，也不能当作没有使用。') WHERE (
      NEW.status <> 'used' OR NEW.withdrawn = 1
      OR (OLD.community_id, OLD.venue_id, OLD.partner_id, OLD.day, OLD.from_minute, OLD.to_minute)
        IS NOT (NEW.community_id, NEW.venue_id, NEW.partner_id, NEW.day, NEW.from_minute, NEW.to_minute))
    AND EXISTS (SELECT 1 FROM support_given u WHERE u.booking_id = NEW.id AND u.sign = 1 AND NOT EXISTS (SELECT 1 FROM support_given r WHERE r.reverses_id = u.id));
  SELECT RAISE(ABORT, '预订没有使用记录，不能记为已使用。') WHERE NEW.status = 'used' AND OLD.status <> 'used' AND NOT EXISTS (SELECT 1 FROM support_given u WHERE u.booking_id = NEW.id AND u.sign = 1 AND NOT EXISTS (SELECT 1 FROM support_given r WHERE r.reverses_id = u.id));
END;
CREATE TRIGGER support_given_place BEFORE INSERT ON support_given WHEN NEW.sign = 1 AND NEW.venue_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '场地不在扶持所记的社区，或它的登记已撤销。') WHERE NOT EXISTS (
    SELECT 1 FROM venue v WHERE v.id = NEW.venue_id AND v.community_id = NEW.community_id AND v.withdrawn = 0);
END;
CREATE TRIGGER support_given_repeated BEFORE INSERT ON support_given WHEN NEW.sign = 1 BEGIN
  SELECT RAISE(ABORT, '这张预订已经记过使用。') WHERE EXISTS (
    SELECT 1 FROM support_given u WHERE u.booking_id = NEW.booking_id AND u.sign = 1 AND NOT EXISTS (SELECT 1 FROM support_given r WHERE r.reverses_id = u.id));
END;
CREATE TRIGGER support_given_fits BEFORE INSERT ON support_given WHEN NEW.sign = 1 AND NEW.booking_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, '场地的使用与预订不符。') WHERE NOT EXISTS (
    SELECT 1 FROM booking b WHERE b.id = NEW.booking_id AND b.withdrawn = 0
      AND (b.community_id, b.venue_id, b.partner_id, b.day)
        IS (NEW.community_id, NEW.venue_id, NEW.partner_id, NEW.happened_on)
      AND b.to_minute - b.from_minute = NEW.minutes
      AND (b.status <> 'cancelled' OR NEW.restores_id IS NOT NULL));
END;
CREATE TRIGGER entry_tallied AFTER INSERT ON entry BEGIN
  INSERT INTO entry_tally (kind, counted_in, community_id, points) SELECT NEW.kind, NEW.counted_in, NEW.community_id, 0
    WHERE NOT EXISTS (SELECT 1 FROM entry_tally WHERE kind = NEW.kind AND counted_in = NEW.counted_in AND community_id = NEW.community_id);
  UPDATE entry_tally SET points = points + NEW.points, entry_id = NEW.id WHERE kind = NEW.kind AND counted_in = NEW.counted_in AND community_id = NEW.community_id;
END;
CREATE TRIGGER entry_tally_guard BEFORE UPDATE ON entry_tally BEGIN
  SELECT RAISE(ABORT, '累计只随流水变动。') WHERE NEW.kind <> OLD.kind OR NEW.counted_in <> OLD.counted_in OR NEW.community_id <> OLD.community_id OR NEW.entry_id <= ifnull(OLD.entry_id, 0) OR NEW.entry_id IS NULL
    OR NOT EXISTS (SELECT 1 FROM entry f WHERE f.id = NEW.entry_id AND f.kind = NEW.kind AND f.counted_in = NEW.counted_in AND f.community_id = NEW.community_id AND NEW.points - OLD.points = f.points);
END;
CREATE TRIGGER entry_tally_new BEFORE INSERT ON entry_tally BEGIN
  SELECT RAISE(ABORT, '累计从 0 开始。') WHERE NEW.points <> 0 OR NEW.entry_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM entry_tally WHERE kind = NEW.kind AND counted_in = NEW.counted_in AND community_id = NEW.community_id);
END;
CREATE TRIGGER entry_tally_no_delete BEFORE DELETE ON entry_tally BEGIN
  SELECT RAISE(ABORT, '累计不能删除。');
END;
CREATE TRIGGER participation_tallied AFTER INSERT ON participation BEGIN
  INSERT INTO participation_tally (counted_in, community_id, times, minutes) SELECT NEW.counted_in, NEW.community_id, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM participation_tally WHERE counted_in = NEW.counted_in AND community_id = NEW.community_id);
  UPDATE participation_tally SET times = times + NEW.sign, minutes = minutes + NEW.sign * NEW.minutes, participation_id = NEW.id WHERE counted_in = NEW.counted_in AND community_id = NEW.community_id;
END;
CREATE TRIGGER participation_tally_guard BEFORE UPDATE ON participation_tally BEGIN
  SELECT RAISE(ABORT, '累计只随流水变动。') WHERE NEW.counted_in <> OLD.counted_in OR NEW.community_id <> OLD.community_id OR NEW.participation_id <= ifnull(OLD.participation_id, 0) OR NEW.participation_id IS NULL
    OR NOT EXISTS (SELECT 1 FROM participation f WHERE f.id = NEW.participation_id AND f.counted_in = NEW.counted_in AND f.community_id = NEW.community_id AND NEW.times - OLD.times = f.sign AND NEW.minutes - OLD.minutes = f.sign * f.minutes);
END;
CREATE TRIGGER participation_tally_new BEFORE INSERT ON participation_tally BEGIN
  SELECT RAISE(ABORT, '累计从 0 开始。') WHERE NEW.times <> 0 OR NEW.minutes <> 0 OR NEW.participation_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM participation_tally WHERE counted_in = NEW.counted_in AND community_id = NEW.community_id);
END;
CREATE TRIGGER participation_tally_no_delete BEFORE DELETE ON participation_tally BEGIN
  SELECT RAISE(ABORT, '累计不能删除。');
END;
CREATE TRIGGER standing_gone BEFORE INSERT ON standing
  WHEN NEW.sign = 1 AND NEW.restores_id IS NULL AND NEW.event IN ('left', 'suspended') BEGIN
  SELECT RAISE(ABORT, '合伙人在这一天以后还有参与。') WHERE EXISTS (
    SELECT 1 FROM (SELECT 'organising' AS noun, t.id, t.happened_on FROM organising t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM organising r WHERE r.reverses_id = t.id) UNION ALL SELECT 'participation' AS noun, t.id, t.happened_on FROM participation t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM participation r WHERE r.reverses_id = t.id) UNION ALL SELECT 'response_event' AS noun, t.id, t.happened_on FROM response_event t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.delta = 1 AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM response_event r WHERE r.reverses_id = t.id) UNION ALL SELECT 'honour_given' AS noun, t.id, t.happened_on FROM honour_given t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM honour_given r WHERE r.reverses_id = t.id) UNION ALL SELECT 'issue_help' AS noun, t.id, t.happened_on FROM issue_help t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM issue_help r WHERE r.reverses_id = t.id) UNION ALL SELECT 'attending' AS noun, t.id, t.happened_on FROM attending t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM attending r WHERE r.reverses_id = t.id) UNION ALL SELECT 'cooperation' AS noun, t.id, t.happened_on FROM cooperation t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM cooperation r WHERE r.reverses_id = t.id) UNION ALL SELECT 'cooperation' AS noun, t.id, t.happened_on FROM cooperation t WHERE t.with_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM cooperation r WHERE r.reverses_id = t.id) UNION ALL SELECT 'offer_event' AS noun, t.id, t.happened_on FROM offer_event t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.delta = 1 AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM offer_event r WHERE r.reverses_id = t.id) UNION ALL SELECT 'pairing_event' AS noun, t.id, t.happened_on FROM pairing_event t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.delta = 1 AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM pairing_event r WHERE r.reverses_id = t.id) UNION ALL SELECT 'project_partner' AS noun, t.id, t.happened_on FROM project_partner t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.delta = 1 AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_partner r WHERE r.reverses_id = t.id) UNION ALL SELECT 'project_presence' AS noun, t.id, t.happened_on FROM project_presence t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM project_presence r WHERE r.reverses_id = t.id) UNION ALL SELECT 'redemption' AS noun, t.id, t.happened_on FROM redemption t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.reverses_id = t.id) UNION ALL SELECT 'support_given' AS noun, t.id, t.happened_on FROM support_given t WHERE t.partner_id IN (WITH RECURSIVE beside(id) AS (
      SELECT (WITH RECURSIVE up(id, into_id) AS (
      SELECT id, merged_into_id FROM partner WHERE id = NEW.partner_id
      UNION SELECT q.id, q.merged_into_id FROM up JOIN partner q ON q.id = up.into_id)
      SELECT id FROM up WHERE into_id IS NULL) UNION SELECT q.id FROM beside JOIN partner q ON q.merged_into_id = beside.id)
      SELECT id FROM beside) AND t.sign = 1 AND NOT EXISTS (SELECT 1 FROM support_given r WHERE r.reverses_id = t.id)) WHERE happened_on > NEW.happened_on);
END;
COMMIT;