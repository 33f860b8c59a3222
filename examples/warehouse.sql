-- Warehouses, products, suppliers and shipments, as SQL Server Management Studio scripts them.
USE [master]
GO
CREATE DATABASE [Warehouse]
GO
USE [Warehouse]
GO
SET ANSI_NULLS ON
GO
SET QUOTED_IDENTIFIER ON
GO

CREATE TABLE [dbo].[Warehouses](
	[WarehouseID] [int] IDENTITY(1,1) NOT NULL,
	[Name] [nvarchar](80) NOT NULL,
	[Street] [nvarchar](120) NOT NULL,
	[City] [nvarchar](60) NOT NULL,
	[State] [nchar](2) NOT NULL,
	[PostalCode] [nvarchar](10) NOT NULL,
	[CapacityM3] [decimal](9, 1) NOT NULL,
	[OpenedOn] [date] NOT NULL,
	[ManagerID] [int] NULL,
 CONSTRAINT [PK_Warehouses] PRIMARY KEY CLUSTERED
(
	[WarehouseID] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF) ON [PRIMARY],
 CONSTRAINT [UQ_Warehouses_Name] UNIQUE NONCLUSTERED ([Name] ASC)
) ON [PRIMARY]
GO

CREATE TABLE [dbo].[Employees](
	[EmployeeID] [int] IDENTITY(1,1) NOT NULL,
	[WarehouseID] [int] NOT NULL,
	[FirstName] [nvarchar](50) NOT NULL,
	[LastName] [nvarchar](50) NOT NULL,
	[Email] [nvarchar](120) NOT NULL,
	[Phone] [varchar](25) NULL,
	[JobTitle] [nvarchar](60) NOT NULL,
	[Salary] [money] NOT NULL,
	[HireDate] [date] NOT NULL,
	[IsActive] [bit] NOT NULL,
 CONSTRAINT [PK_Employees] PRIMARY KEY CLUSTERED ([EmployeeID] ASC) ON [PRIMARY]
) ON [PRIMARY]
GO

CREATE TABLE [dbo].[Suppliers](
	[SupplierID] [int] IDENTITY(1,1) NOT NULL,
	[CompanyName] [nvarchar](120) NOT NULL,
	[ContactName] [nvarchar](100) NULL,
	[Email] [nvarchar](120) NULL,
	[Country] [nvarchar](60) NOT NULL,
	[Rating] [tinyint] NULL,
 CONSTRAINT [PK_Suppliers] PRIMARY KEY CLUSTERED ([SupplierID] ASC) ON [PRIMARY]
) ON [PRIMARY]
GO

CREATE TABLE [dbo].[Products](
	[ProductID] [int] IDENTITY(1,1) NOT NULL,
	[SupplierID] [int] NOT NULL,
	[Sku] [varchar](20) NOT NULL,
	[Name] [nvarchar](120) NOT NULL,
	[Category] [nvarchar](20) NOT NULL,
	[Description] [nvarchar](max) NULL,
	[UnitPrice] [money] NOT NULL,
	[WeightKg] [decimal](7, 3) NULL,
	[Discontinued] [bit] NOT NULL CONSTRAINT [DF_Products_Discontinued] DEFAULT ((0)),
	[RowGuid] [uniqueidentifier] NOT NULL,
 CONSTRAINT [PK_Products] PRIMARY KEY CLUSTERED ([ProductID] ASC) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO

CREATE TABLE [dbo].[Stock](
	[WarehouseID] [int] NOT NULL,
	[ProductID] [int] NOT NULL,
	[Quantity] [int] NOT NULL,
	[AvailableQuantity] [int] NOT NULL,
	[ReorderLevel] [smallint] NOT NULL,
	[Condition] [varchar](10) NOT NULL,
	[CountedAt] [datetime2](0) NULL,
 CONSTRAINT [PK_Stock] PRIMARY KEY CLUSTERED ([WarehouseID] ASC, [ProductID] ASC) ON [PRIMARY]
) ON [PRIMARY]
GO

CREATE TABLE [dbo].[Shipments](
	[ShipmentID] [bigint] IDENTITY(5000,1) NOT NULL,
	[WarehouseID] [int] NOT NULL,
	[ProductID] [int] NOT NULL,
	[Carrier] [nvarchar](40) NOT NULL,
	[TrackingNumber] [varchar](30) NOT NULL,
	[Quantity] [int] NOT NULL,
	[UnitPrice] [money] NOT NULL,
	[LineTotal]  AS ([Quantity]*[UnitPrice]) PERSISTED,
	[Status] [varchar](12) NOT NULL,
	[OrderedAt] [datetime2](0) NOT NULL,
	[ShippedAt] [datetime2](0) NULL,
	[DeliveredAt] [datetime2](0) NULL,
 CONSTRAINT [PK_Shipments] PRIMARY KEY CLUSTERED ([ShipmentID] ASC) ON [PRIMARY]
) ON [PRIMARY]
GO

CREATE UNIQUE NONCLUSTERED INDEX [UX_Products_Sku] ON [dbo].[Products] ([Sku] ASC) WITH (FILLFACTOR = 90) ON [PRIMARY]
GO
CREATE UNIQUE NONCLUSTERED INDEX [UX_Employees_Email] ON [dbo].[Employees] ([Email] ASC) ON [PRIMARY]
GO
CREATE NONCLUSTERED INDEX [IX_Shipments_OrderedAt] ON [dbo].[Shipments] ([OrderedAt] DESC) INCLUDE ([Status]) ON [PRIMARY]
GO
ALTER TABLE [dbo].[Employees] ADD  CONSTRAINT [DF_Employees_IsActive]  DEFAULT ((1)) FOR [IsActive]
GO
ALTER TABLE [dbo].[Products] ADD  DEFAULT (newid()) FOR [RowGuid]
GO
ALTER TABLE [dbo].[Shipments] ADD  CONSTRAINT [DF_Shipments_OrderedAt]  DEFAULT (getdate()) FOR [OrderedAt]
GO
ALTER TABLE [dbo].[Warehouses]  WITH CHECK ADD  CONSTRAINT [FK_Warehouses_Manager] FOREIGN KEY([ManagerID])
REFERENCES [dbo].[Employees] ([EmployeeID])
GO
ALTER TABLE [dbo].[Warehouses] CHECK CONSTRAINT [FK_Warehouses_Manager]
GO
ALTER TABLE [dbo].[Employees]  WITH CHECK ADD  CONSTRAINT [FK_Employees_Warehouses] FOREIGN KEY([WarehouseID])
REFERENCES [dbo].[Warehouses] ([WarehouseID])
ON DELETE CASCADE
GO
ALTER TABLE [dbo].[Products]  WITH CHECK ADD  CONSTRAINT [FK_Products_Suppliers] FOREIGN KEY([SupplierID])
REFERENCES [dbo].[Suppliers] ([SupplierID])
GO
ALTER TABLE [dbo].[Stock]  WITH CHECK ADD  CONSTRAINT [FK_Stock_Warehouses] FOREIGN KEY([WarehouseID])
REFERENCES [dbo].[Warehouses] ([WarehouseID])
GO
ALTER TABLE [dbo].[Stock]  WITH CHECK ADD  CONSTRAINT [FK_Stock_Products] FOREIGN KEY([ProductID])
REFERENCES [dbo].[Products] ([ProductID])
GO
ALTER TABLE [dbo].[Shipments]  WITH CHECK ADD  CONSTRAINT [FK_Shipments_Stock] FOREIGN KEY([WarehouseID], [ProductID])
REFERENCES [dbo].[Stock] ([WarehouseID], [ProductID])
GO
ALTER TABLE [dbo].[Employees]  WITH CHECK ADD  CONSTRAINT [CK_Employees_Salary] CHECK  (([Salary]>=(18000) AND [Salary]<=(250000)))
GO
ALTER TABLE [dbo].[Suppliers]  WITH CHECK ADD  CONSTRAINT [CK_Suppliers_Rating] CHECK  (([Rating]>=(1) AND [Rating]<=(5)))
GO
ALTER TABLE [dbo].[Products]  WITH CHECK ADD  CONSTRAINT [CK_Products_Category] CHECK  (([Category]='Tools' OR [Category]='Garden' OR [Category]='Electronics' OR [Category]='Toys' OR [Category]='Office'))
GO
ALTER TABLE [dbo].[Products]  WITH CHECK ADD  CONSTRAINT [CK_Products_UnitPrice] CHECK  (([UnitPrice]>(0)))
GO
ALTER TABLE [dbo].[Stock]  WITH CHECK ADD  CONSTRAINT [CK_Stock_Quantity] CHECK  (([Quantity]>=(0) AND [AvailableQuantity]>=(0) AND [AvailableQuantity]<=[Quantity]))
GO
ALTER TABLE [dbo].[Stock]  WITH CHECK ADD  CONSTRAINT [CK_Stock_Condition] CHECK  (([Condition] IN ('new', 'used', 'damaged')))
GO
ALTER TABLE [dbo].[Shipments]  WITH CHECK ADD  CONSTRAINT [CK_Shipments_Dates] CHECK  (([ShippedAt] IS NULL OR [ShippedAt]>=[OrderedAt]))
GO
ALTER TABLE [dbo].[Shipments]  WITH CHECK ADD  CONSTRAINT [CK_Shipments_Delivered] CHECK  (([DeliveredAt] IS NULL OR [DeliveredAt]>=[ShippedAt]))
GO
ALTER TABLE [dbo].[Shipments]  WITH CHECK ADD  CONSTRAINT [CK_Shipments_Status] CHECK  (([Status]='ordered' OR [Status]='shipped' OR [Status]='delivered' OR [Status]='cancelled'))
GO
ALTER TABLE [dbo].[Shipments]  WITH CHECK ADD  CONSTRAINT [CK_Shipments_Quantity] CHECK  (([Quantity]>(0)))
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'What a stock taking found' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Stock'
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'At most Quantity; the rest is reserved' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Stock', @level2type=N'COLUMN',@level2name=N'AvailableQuantity'
GO
