-- dialect: mysql
-- Cars are out for days, not for years, at their own rate, and come back with more miles than they left with.
CREATE TABLE cars (car_id INT AUTO_INCREMENT PRIMARY KEY, vin CHAR(17) UNIQUE NOT NULL, make VARCHAR(40), model VARCHAR(40), year SMALLINT,
    daily_rate DECIMAL(8,2) NOT NULL, mileage INT, status ENUM('available','rented','maintenance') DEFAULT 'available');
CREATE TABLE rentals (rental_id INT AUTO_INCREMENT PRIMARY KEY, car_id INT NOT NULL, pickup_date DATETIME NOT NULL, return_date DATETIME NOT NULL,
    actual_return_date DATETIME, start_mileage INT NOT NULL, end_mileage INT NOT NULL, daily_rate DECIMAL(8,2) NOT NULL, total_cost DECIMAL(10,2) NOT NULL,
    status ENUM('reserved','active','completed','cancelled'), FOREIGN KEY (car_id) REFERENCES cars(car_id));
CREATE TABLE maintenance (maintenance_id INT AUTO_INCREMENT PRIMARY KEY, car_id INT NOT NULL, service_date DATE NOT NULL, cost DECIMAL(8,2) NOT NULL,
    next_service_date DATE, FOREIGN KEY (car_id) REFERENCES cars(car_id));
-- zero: select count(*) from rentals where return_date <= pickup_date or return_date > pickup_date + interval '15 days'
-- zero: select count(*) from rentals where actual_return_date < pickup_date
-- zero: select count(*) from rentals where end_mileage <= start_mileage
-- zero: select count(*) from rentals join cars using (car_id) where rentals.daily_rate <> cars.daily_rate
-- zero: select count(*) from rentals where total_cost < daily_rate or total_cost > daily_rate * 15
-- zero: select count(*) from rentals where status in ('reserved', 'active') and actual_return_date is not null
-- zero: select count(*) from maintenance where cost < 35 or next_service_date < service_date + 60
