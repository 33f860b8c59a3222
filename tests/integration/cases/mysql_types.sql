-- Every usual MySQL type and attribute.
-- dialect: mysql
CREATE DATABASE IF NOT EXISTS `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
USE `shop`;
SET FOREIGN_KEY_CHECKS = 0;
DROP TABLE IF EXISTS `everything`;
CREATE TABLE `everything` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key; it''s "quoted"',
  `tiny` tinyint(4) NOT NULL, `flag` tinyint(1) NOT NULL DEFAULT '1', `utiny` tinyint unsigned NOT NULL, `small` smallint(5) unsigned NOT NULL,
  `medium` mediumint NOT NULL, `umedium` mediumint(8) unsigned zerofill NOT NULL, `big` bigint(20) unsigned NOT NULL, `dec` decimal(10,2) unsigned NOT NULL DEFAULT '0.00',
  `num` numeric(5) DEFAULT NULL, `f` float(7,3) NOT NULL, `d` double(10,2) unsigned DEFAULT NULL, `real_one` real, `b1` bit(1) NOT NULL DEFAULT b'0', `b8` bit(8) DEFAULT NULL,
  `c` char(3) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL, `v` varchar(40) COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '', `bin` binary(4) NOT NULL, `vb` varbinary(16), `t` tinytext NOT NULL,
  `mt` mediumtext, `lt` longtext, `bl` blob NOT NULL, `lb` longblob, `e` enum('a','b,c','it''s','') NOT NULL DEFAULT 'a', `s` set('red','green','blue') NOT NULL DEFAULT 'red,blue',
  `dt` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, `dt6` datetime(6) DEFAULT NULL, `ts` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00', `day` date NOT NULL, `tm` time NOT NULL,
  `y` year(4) NOT NULL, `j` json DEFAULT NULL, `p` point NOT NULL, `order` int NOT NULL, `condition` varchar(10), `g` int GENERATED ALWAYS AS (`tiny` + 1) STORED, `gv` varchar(50) AS (concat(`v`, '!')) VIRTUAL,
  PRIMARY KEY (`id`), UNIQUE KEY `uq_v` (`v`(20), `c`), KEY `ix` (`day` DESC), FULLTEXT KEY `ft` (`t`), CONSTRAINT `tiny_ok` CHECK (`tiny` between -100 and 100), CHECK (json_valid(`j`))
) ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci ROW_FORMAT=DYNAMIC COMMENT='all of them';
CREATE TABLE child (id BIGINT UNSIGNED PRIMARY KEY AUTO_INCREMENT, everything_id INT UNSIGNED, INDEX (everything_id), CONSTRAINT fk_e FOREIGN KEY fk_ix (everything_id) REFERENCES `Everything` (`ID`) ON DELETE SET NULL ON UPDATE CASCADE) ENGINE=MyISAM;
INSERT INTO child VALUES (1, NULL), (2, 1);
DELIMITER $$
CREATE PROCEDURE p() BEGIN SELECT 1; DELETE FROM child; END $$
DELIMITER ;
CREATE TRIGGER tr BEFORE INSERT ON child FOR EACH ROW SET NEW.id = NEW.id;
LOCK TABLES child WRITE;
UNLOCK TABLES;
-- nonzero: select count(distinct e) >= 3 from everything
-- zero: select count(*) from everything where tiny not between -100 and 100
-- zero: select count(*) from everything where utiny not between 0 and 255
